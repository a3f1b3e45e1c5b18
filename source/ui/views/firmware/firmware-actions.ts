import type { Action } from '../../actions/view-context.ts';
import type { FirmwareState } from './firmware-state.ts';

const isOpen = (_: unknown, view: FirmwareState) => view.opened !== undefined;
const noFile = 'No firmware file is open: 3 Firmware lists those at hand.';
const flashRuns = 'A flash runs: nothing else is planned meanwhile.';
const brackets = () => '[ ]';

export const firmwareActions: readonly Action<FirmwareState>[] = [
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open the firmware file',
		keys: ['enter'],
		step: 'open-file',
		hint: 'open',
		words: ['inspect', 'spk', 'cwe', 'zip', 'package'],
		unless: (_, view) =>
			view.isChoosing
				? 'No firmware file is in this folder: o opens one by its path.'
				: 'A file is open: Esc goes back to the list.',
		when: (_, view) => view.isChoosing && !view.files.list.isEmpty,
		run: (_, view) => view.openChosen(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Plan a flash of this file',
		keys: ['F'],
		step: 'plan',
		hint: 'plan a flash',
		isQuiet: ({ session: { modem } }) => modem?.flasher.plan !== undefined,
		words: ['update', 'download', 'upgrade'],
		unless: ({ session }) => (session.flash.running ? flashRuns : noFile),
		when: ({ session: { modem, flash } }, view) => {
			return !view.isChoosing && modem !== undefined && !flash.running;
		},
		run: (_, view) => view.planFlash(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open a firmware file by its path',
		keys: ['o'],
		step: 'open-file',
		hint: 'open a path',
		words: ['file', 'spk', 'cwe', 'zip', 'package', 'folder'],
		run: (_, view) => view.askPath(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Next field of the header',
		keys: [']'],
		hint: 'field',
		label: brackets,
		unless: noFile,
		when: isOpen,
		run: (_, view) => view.field(1),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Previous field of the header',
		keys: ['['],
		unless: noFile,
		when: isOpen,
		run: (_, view) => view.field(-1),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Hex of the file, or the image by field',
		keys: ['x'],
		hint: 'hex',
		words: ['bytes', 'dump'],
		unless: noFile,
		when: isOpen,
		run: (_, view) => view.toggleHex(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Hex at an offset of the file',
		keys: ['a'],
		words: ['bytes', 'address', 'go to', 'seek'],
		unless: noFile,
		when: isOpen,
		run: (_, view) => view.askOffset(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Export what is known of the file as JSON',
		keys: ['e'],
		hint: 'export',
		words: ['save', 'json', 'report', 'checks'],
		unless: noFile,
		when: isOpen,
		run: (_, view) => view.exportJson(),
	},
];
