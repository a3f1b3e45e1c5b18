import type { Action } from '../../actions/view-context.ts';
import type { RecordingsState } from './recordings-state.ts';

export const recordingsActions: readonly Action<RecordingsState>[] = [
	{
		risk: 'none',
		where: 'recordings',
		name: 'Open the recording',
		keys: ['enter'],
		hint: 'open',
		words: ['replay', 'play'],
		run: (_, view) => view.openChosen(),
	},
	{
		risk: 'none',
		where: 'recordings',
		name: 'Export the recording for Wireshark, a browser or asciinema',
		keys: ['e'],
		hint: 'export',
		words: ['wireshark', 'pcapng', 'html', 'text', 'cast', 'asciicast', 'asciinema', 'save'],
		unless: 'There is no recording to export: r starts one.',
		when: ({ open }, view) => open.exporter !== undefined && view.exported !== undefined,
		run: (_, view) => view.exportChosen(),
	},
	{
		risk: 'none',
		where: 'recordings',
		name: 'Open a recording or a log by its path',
		keys: ['o'],
		hint: 'open a path',
		words: ['file', 'import', 'paste', 'dmesg', 'pcap'],
		run: (_, view) => view.askPath(),
	},
	{
		risk: 'none',
		where: 'recordings',
		name: 'Compare two recordings: C on the good one, then on the bad one',
		keys: ['C'],
		hint: 'compare',
		words: ['difference', 'diff', 'good', 'bad', 'against', 'slow'],
		unless: 'There is no recording to compare.',
		when: (_, view) => view.files.chosen !== undefined,
		run: (_, view) => view.compareChosen(),
	},
];
