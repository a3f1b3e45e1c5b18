import type { Action } from '../../actions/action.ts';
import type { ConsoleState } from '../../app/console-state.ts';

const isOpen = ({ views }: ConsoleState) => !views.firmware.isChoosing;
const brackets = () => '[ ]';

export const firmwareActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open the firmware file',
		keys: ['enter'],
		hint: 'open',
		words: ['inspect', 'spk', 'cwe'],
		when: ({ views }) => views.firmware.isChoosing,
		run: ({ views }) => views.firmware.openChosen(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Open a firmware file by its path',
		keys: ['o'],
		hint: 'open a path',
		words: ['file', 'spk', 'cwe'],
		run: ({ views }) => views.firmware.askPath(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Next field of the header',
		keys: [']'],
		hint: 'field',
		label: brackets,
		when: isOpen,
		run: ({ views }) => views.firmware.field(1),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Previous field of the header',
		keys: ['['],
		when: isOpen,
		run: ({ views }) => views.firmware.field(-1),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Hex of the file, or the image by field',
		keys: ['x'],
		hint: 'hex',
		words: ['bytes', 'dump'],
		when: isOpen,
		run: ({ views }) => views.firmware.toggleHex(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Hex at an offset of the file',
		keys: ['a'],
		words: ['bytes', 'address', 'go to', 'seek'],
		when: isOpen,
		run: ({ views }) => views.firmware.askOffset(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Plan a flash of this file',
		keys: ['F'],
		hint: 'plan a flash',
		words: ['update', 'download', 'upgrade'],
		when: isOpen,
		run: ({ views }) => views.firmware.planFlash(),
	},
	{
		risk: 'none',
		where: 'firmware',
		name: 'Export what is known of the file as JSON',
		keys: ['e'],
		hint: 'export',
		words: ['save', 'json', 'report', 'checks'],
		when: isOpen,
		run: ({ views }) => views.firmware.exportJson(),
	},
];
