import { otherBackground } from '../text/appearance.ts';
import { viewNames, viewTitles } from '../views/view.ts';
import type { Action } from './action.ts';
import {
	askDevice,
	askMark,
	askPalette,
	askQuit,
	askScenario,
	goBack,
	leaveFor,
	showHelp,
} from './global-dialogs.ts';

export const everywhereActions: readonly Action[] = [
	...viewNames.map(
		(view, index): Action => ({
			risk: 'none',
			where: 'everywhere',
			name: `Go to ${viewTitles[view]}`,
			keys: [String(index + 1), `f${index + 1}`, `alt-${index + 1}`],
			run: (desk) => desk.show(view),
		}),
	),
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Next pane',
		keys: ['tab'],
		hint: 'pane',
		when: ({ view }) => view.panes > 1,
		run: (desk) => desk.nextPane(1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Previous pane',
		keys: ['shift-tab'],
		when: ({ view }) => view.panes > 1,
		run: (desk) => desk.nextPane(-1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Rehearse on a simulated modem',
		keys: ['D'],
		words: ['demo', 'simulate', 'simulator', 'rehearsal', 'training'],
		run: askScenario,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Back to this machine’s own modem',
		keys: ['L'],
		hint: 'real modem',
		words: ['real', 'stop replay'],
		when: ({ session }) => session.kind !== 'live',
		run: (desk) => leaveFor(desk, () => desk.open.live()),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Choose the device',
		keys: ['d'],
		words: ['modem', 'port'],
		when: ({ session }) => session.devices.size > 0,
		run: askDevice,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Start recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session }) => session.kind !== 'replay' && session.recordingTo === undefined,
		run: ({ session }) => session.startRecording(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Stop recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session }) => session.recordingTo !== undefined,
		run: ({ session }) => session.stopRecording(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Leave a mark with a note',
		keys: ['m'],
		words: ['bookmark', 'comment'],
		when: ({ session }) => session.kind !== 'replay',
		run: askMark,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Mouse on or off',
		keys: ['M'],
		words: ['click', 'wheel', 'scroll', 'selection'],
		run: ({ mouse, toasts }) => {
			mouse.toggle();
			toasts.say(
				mouse.isOn
					? 'The mouse is on: the wheel scrolls, a click chooses. M gives the terminal its own selection back.'
					: 'The mouse is off: the terminal selects text again.',
			);
		},
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Colours for a light or a dark background',
		keys: ['T'],
		words: ['theme', 'color', 'white', 'black', 'contrast'],
		when: ({ look }) => look.colors.depth !== 'none',
		run: (desk) => {
			desk.look = otherBackground(desk.look);
			desk.toasts.say(`Colours for a ${desk.look.colors.background} background.`);
		},
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Find a thing to do',
		keys: [':'],
		hint: 'commands',
		words: ['palette'],
		run: askPalette,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Help',
		keys: ['?'],
		hint: 'help',
		words: ['keys'],
		run: (desk) => showHelp(desk, 'view'),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Back',
		keys: ['esc'],
		run: goBack,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Back to the shell until fg',
		keys: ['ctrl-z'],
		words: ['suspend', 'stop', 'background', 'job'],
		run: (desk) => desk.suspend(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Quit (Ctrl-C three times: without asking)',
		keys: ['q', 'ctrl-c'],
		hint: 'quit',
		words: ['exit', 'leave'],
		run: askQuit,
	},
];
