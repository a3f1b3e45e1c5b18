/**
 * Everything that a person can do, once: the keys, the help, the palette and the hint line are made
 * from this table. Nothing in it writes to a modem at one key: what could, asks first.
 */
import { lookUp } from '../at/catalogue.ts';
import type { Desk } from './desk.ts';
import { askDevice, askMark, askPalette, askQuit, showHelp } from './everywhere.ts';
import type { Signs } from './signs.ts';
import { type ViewName, viewNames, viewTitles } from './view.ts';

export type Action = {
	readonly name: string;
	readonly keys: readonly string[];
	/** `typing`: while a line is typed. */
	readonly where: ViewName | 'everywhere' | 'typing';
	/** `modem`: it can change the modem, and asks before it does. */
	readonly risk: 'none' | 'modem';
	/** Its word in the hint line; without one it is only in the help. */
	readonly hint?: string;
	/** Its keys in the hint line, where they are more than the first one. */
	readonly label?: (signs: Signs) => string;
	/** Other words that find it in the palette. */
	readonly words?: readonly string[];
	readonly when?: (desk: Desk) => boolean;
	readonly run: (desk: Desk) => void | Promise<void>;
};

const none = { risk: 'none' } as const;
const modem = { risk: 'modem' } as const;
const isReplay = ({ session }: Desk) => session.kind === 'replay';
const hasList = ({ view }: Desk) => view.cursor !== undefined;
const move = (by: number) => (desk: Desk) => desk.view.cursor?.move(by);
const upDown = (signs: Signs) => signs.upDown;
const brackets = () => '[ ]';

const typing: readonly Action[] = [
	{
		...modem,
		where: 'typing',
		name: 'Send the line',
		keys: ['enter'],
		hint: 'send',
		run: ({ views }) => views.at.send(),
	},
	{
		...none,
		where: 'typing',
		name: 'Complete the command',
		keys: ['tab'],
		hint: 'complete',
		run: ({ views }) => views.at.complete(),
	},
	{
		...none,
		where: 'typing',
		name: 'Older command',
		keys: ['up'],
		hint: 'history',
		label: upDown,
		run: ({ views }) => views.at.recall(1),
	},
	{
		...none,
		where: 'typing',
		name: 'Newer command',
		keys: ['down'],
		run: ({ views }) => views.at.recall(-1),
	},
	{
		...none,
		where: 'typing',
		name: 'Search the history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: ({ views }) => views.at.searchHistory(),
	},
	{
		...none,
		where: 'typing',
		name: 'Leave the line',
		keys: ['esc'],
		hint: 'leave',
		run: ({ views }) => views.at.leave(),
	},
];

const usb: readonly Action[] = [
	{
		...modem,
		where: 'usb',
		keys: ['h'],
		hint: 'arm boot and hold',
		name: 'Arm a command for the next window (AT!BOOTHOLD)',
		words: ['arm', 'hold', 'catch', ...(lookUp('AT!BOOTHOLD')?.synonyms ?? [])],
		when: ({ session }) => session.armed === undefined && !(session.kind === 'replay'),
		run: ({ views }) => views.usb.askArm(),
	},
	{
		...none,
		where: 'usb',
		keys: ['h'],
		hint: 'disarm',
		name: 'Disarm the command',
		words: ['arm'],
		when: ({ session }) => session.armed !== undefined,
		run: ({ views }) => views.usb.askDisarm(),
	},
	{
		...none,
		where: 'usb',
		name: 'Show the device of this event',
		keys: ['enter'],
		hint: 'details',
		words: ['lsusb', 'interfaces', 'driver'],
		when: ({ views }) => views.usb.hasEvents,
		run: ({ views }) => views.usb.showDetails(),
	},
];

const at: readonly Action[] = [
	{
		...none,
		where: 'at',
		name: 'Type an AT command',
		keys: ['i', 'enter'],
		hint: 'type a command',
		words: ['send', 'write'],
		run: ({ views }) => views.at.startTyping(),
	},
	{
		...none,
		where: 'at',
		name: 'Search the AT history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: ({ views }) => views.at.searchHistory(),
	},
];

const firmware: readonly Action[] = [
	{
		...none,
		where: 'firmware',
		name: 'Open the firmware file',
		keys: ['enter'],
		hint: 'open',
		words: ['inspect', 'spk', 'cwe'],
		when: ({ views }) => views.firmware.isChoosing,
		run: ({ views }) => views.firmware.openChosen(),
	},
	{
		...none,
		where: 'firmware',
		name: 'Open a firmware file by its path',
		keys: ['o'],
		hint: 'open a path',
		words: ['file', 'spk', 'cwe'],
		run: ({ views }) => views.firmware.askPath(),
	},
	{
		...none,
		where: 'firmware',
		name: 'Next field of the header',
		keys: [']'],
		hint: 'field',
		label: brackets,
		when: ({ views }) => !views.firmware.isChoosing,
		run: ({ views }) => views.firmware.field(1),
	},
	{
		...none,
		where: 'firmware',
		name: 'Previous field of the header',
		keys: ['['],
		when: ({ views }) => !views.firmware.isChoosing,
		run: ({ views }) => views.firmware.field(-1),
	},
	{
		...none,
		where: 'firmware',
		name: 'Hex of the image, or its header by field',
		keys: ['x'],
		hint: 'hex',
		words: ['bytes', 'dump'],
		when: ({ views }) => !views.firmware.isChoosing,
		run: ({ views }) => views.firmware.toggleHex(),
	},
	{
		...none,
		where: 'firmware',
		name: 'Plan a flash of this file',
		keys: ['F'],
		hint: 'plan a flash',
		words: ['update', 'download', 'upgrade'],
		when: ({ views }) => !views.firmware.isChoosing,
		run: ({ views }) => views.firmware.planFlash(),
	},
];

const flash: readonly Action[] = [
	{
		...modem,
		where: 'flash',
		name: 'Start the planned flash',
		keys: ['s'],
		hint: 'start',
		words: ['update', 'download', 'write', 'upgrade'],
		when: ({ session }) =>
			session.plan !== undefined && !session.flash.running && session.kind !== 'replay',
		run: ({ views }) => views.flash.askStart(),
	},
	{
		...none,
		where: 'flash',
		name: 'Plan a flash of the open file',
		keys: ['p'],
		hint: 'plan',
		when: ({ session }) =>
			session.firmware !== undefined && !session.flash.running && session.kind !== 'replay',
		run: ({ session }) => session.makePlan(),
	},
	{
		...modem,
		where: 'flash',
		name: 'Stop the flash at its next safe point',
		keys: ['S'],
		words: ['cancel', 'abort'],
		when: ({ session }) => session.flash.running && session.kind !== 'replay',
		run: ({ views }) => views.flash.askStop(),
	},
	{
		...none,
		where: 'flash',
		name: 'Next field of the frame',
		keys: [']'],
		hint: 'field',
		label: brackets,
		run: ({ views }) => views.flash.field(1),
	},
	{
		...none,
		where: 'flash',
		name: 'Previous field of the frame',
		keys: ['['],
		run: ({ views }) => views.flash.field(-1),
	},
	{
		...none,
		where: 'flash',
		name: 'Hex or text of the frame',
		keys: ['x'],
		hint: 'hex/text',
		words: ['bytes'],
		run: ({ views }) => views.flash.toggleText(),
	},
	{
		...none,
		where: 'flash',
		name: 'Freeze the traffic',
		keys: ['space'],
		hint: 'freeze',
		words: ['hold', 'pause'],
		when: (desk) => !isReplay(desk),
		run: ({ views }) => views.flash.toggleFreeze(),
	},
];

const recordings: readonly Action[] = [
	{
		...none,
		where: 'recordings',
		name: 'Open the recording',
		keys: ['enter'],
		hint: 'open',
		words: ['replay', 'play'],
		run: ({ views }) => views.recordings.openChosen(),
	},
];

const replay: readonly Action[] = [
	{
		...none,
		where: 'everywhere',
		name: 'Play or pause',
		keys: ['space'],
		hint: 'play',
		when: isReplay,
		run: ({ session }) => (session.playing?.playing ? session.pause() : session.play()),
	},
	{
		...none,
		where: 'everywhere',
		name: 'One frame on',
		keys: ['.'],
		hint: 'frame',
		label: () => ', .',
		when: isReplay,
		run: ({ session }) => session.step(1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'One frame back',
		keys: [','],
		when: isReplay,
		run: ({ session }) => session.step(-1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Play faster',
		keys: ['='],
		hint: 'speed',
		label: () => '- =',
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.min(64, (session.playing?.speed ?? 1) * 2)),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Play slower',
		keys: ['-'],
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.max(0.25, (session.playing?.speed ?? 1) / 2)),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Back to the start of the recording',
		keys: ['0'],
		hint: 'start',
		when: isReplay,
		run: ({ session }) => session.seek(0),
	},
];

const lists: readonly Action[] = [
	{
		...none,
		where: 'everywhere',
		name: 'Move up',
		keys: ['up', 'k'],
		hint: 'move',
		label: upDown,
		when: hasList,
		run: move(-1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Move down',
		keys: ['down', 'j'],
		when: hasList,
		run: move(1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Page up',
		keys: ['pageup'],
		when: hasList,
		run: ({ view }) => view.cursor?.page(-1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Page down',
		keys: ['pagedown'],
		when: hasList,
		run: ({ view }) => view.cursor?.page(1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'To the first',
		keys: ['g', 'home'],
		when: hasList,
		run: ({ view }) => view.cursor?.toStart(),
	},
	{
		...none,
		where: 'everywhere',
		name: 'To the last',
		keys: ['G', 'end'],
		when: hasList,
		run: ({ view }) => view.cursor?.toEnd(),
	},
];

const everywhere: readonly Action[] = [
	...viewNames.map(
		(view, index): Action => ({
			...none,
			where: 'everywhere',
			name: `Go to ${viewTitles[view]}`,
			keys: [String(index + 1), `alt-${index + 1}`],
			run: (desk) => desk.show(view),
		}),
	),
	{
		...none,
		where: 'everywhere',
		name: 'Next pane',
		keys: ['tab'],
		hint: 'pane',
		when: ({ view }) => view.panes > 1,
		run: (desk) => desk.nextPane(1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Previous pane',
		keys: ['shift-tab'],
		when: ({ view }) => view.panes > 1,
		run: (desk) => desk.nextPane(-1),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Rehearse on a simulated modem',
		keys: ['D'],
		words: ['demo', 'simulate', 'simulator', 'rehearsal', 'training'],
		when: ({ session }) => session.kind !== 'rehearsal',
		run: (desk) => desk.change(() => desk.open.rehearsal('boot-loop'), 'usb'),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Back to this machine’s own modem',
		keys: ['L'],
		hint: 'live',
		words: ['real', 'stop replay'],
		when: ({ session }) => session.kind !== 'live',
		run: (desk) => desk.change(() => desk.open.live(), 'usb'),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Choose the device',
		keys: ['d'],
		words: ['modem', 'port'],
		when: ({ session }) => session.devices.size > 0,
		run: askDevice,
	},
	{
		...none,
		where: 'everywhere',
		name: 'Start recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session }) => session.kind !== 'replay' && session.recordingTo === undefined,
		run: ({ session }) => session.startRecording(),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Stop recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session }) => session.recordingTo !== undefined,
		run: ({ session }) => session.stopRecording(),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Leave a mark with a note',
		keys: ['m'],
		words: ['bookmark', 'comment'],
		when: ({ session }) => session.kind !== 'replay',
		run: askMark,
	},
	{
		...none,
		where: 'everywhere',
		name: 'Find a thing to do',
		keys: [':'],
		hint: 'commands',
		words: ['palette'],
		run: askPalette,
	},
	{
		...none,
		where: 'everywhere',
		name: 'Help',
		keys: ['?'],
		hint: 'help',
		words: ['keys'],
		run: (desk) => showHelp(desk, 'view'),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Back',
		keys: ['esc'],
		run: ({ view }) => void view.back?.(),
	},
	{
		...none,
		where: 'everywhere',
		name: 'Quit',
		keys: ['q', 'ctrl-c'],
		hint: 'quit',
		words: ['exit', 'leave'],
		run: askQuit,
	},
];

export const actions: readonly Action[] = [
	...typing,
	...usb,
	...at,
	...firmware,
	...flash,
	...recordings,
	...replay,
	...lists,
	...everywhere,
];

/** What the keys do now: while a line is typed, or in the view and everywhere, the nearest first. */
export const keyActions = (desk: Desk, layer: 'typing' | 'view'): readonly Action[] =>
	actions.filter(({ where, when }) => {
		const near = where === 'everywhere' || where === desk.viewName;
		return (layer === 'typing' ? where === 'typing' : near) && (when?.(desk) ?? true);
	});
