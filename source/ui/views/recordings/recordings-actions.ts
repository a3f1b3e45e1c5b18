import type { Action } from '../../actions/view-context.ts';
import type { RecordingsView } from './recordings-view.ts';

export const recordingsActions: readonly Action<RecordingsView>[] = [
	{
		risk: 'none',
		where: 'recordings',
		name: 'Open the recording',
		keys: ['enter'],
		hint: 'open',
		words: ['replay', 'play'],
		run: (_, view) => view.openChosen(),
	},
];
