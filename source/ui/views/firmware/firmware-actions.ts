import type { Action } from '../../actions/view-context.ts';
import type { FirmwareState } from './firmware-state.ts';

const isOpen = (_: unknown, view: FirmwareState) => !view.isChoosing;
const brackets = () => '[ ]';

export const firmwareActions: readonly Action<FirmwareState>[] = [
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open the firmware file',
		keys: ['enter'],
		step: 'open-file',
		hint: 'open',
		words: ['inspect', 'spk', 'cwe'],
		when: (_, view) => view.isChoosing,
		run: (_, view) => view.openChosen(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open a firmware file by its path',
		keys: ['o'],
		hint: 'open a path',
		words: ['file', 'spk', 'cwe'],
		run: (_, view) => view.askPath(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Next field of the header',
		keys: [']'],
		hint: 'field',
		label: brackets,
		when: isOpen,
		run: (_, view) => view.field(1),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Previous field of the header',
		keys: ['['],
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
		when: isOpen,
		run: (_, view) => view.toggleHex(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Hex at an offset of the file',
		keys: ['a'],
		words: ['bytes', 'address', 'go to', 'seek'],
		when: isOpen,
		run: (_, view) => view.askOffset(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Plan a flash of this file',
		keys: ['F'],
		step: 'plan',
		hint: 'plan a flash',
		words: ['update', 'download', 'upgrade'],
		when: (context, view) => {
			const { modem, flash } = context.session;
			return isOpen(context, view) && modem !== undefined && !flash.running;
		},
		run: (_, view) => view.planFlash(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Export what is known of the file as JSON',
		keys: ['e'],
		hint: 'export',
		words: ['save', 'json', 'report', 'checks'],
		when: isOpen,
		run: (_, view) => view.exportJson(),
	},
];
