import { otherBackground } from '../text/appearance.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
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
import type { Action } from './view-context.ts';

export const globalActions: readonly Action[] = [
	...viewNames.map(
		(view, index): Action => ({
			risk: 'none',
			where: 'global',
			name: `Go to ${viewTitles[view]}`,
			keys: [String(index + 1), `f${index + 1}`, `alt-${index + 1}`],
			...(view === 'flash' ? { step: 'follow-flash' } : {}),
			run: (context) => context.show(view),
		}),
	),
	{
		risk: 'none',
		where: 'global',
		name: 'Next pane',
		keys: ['tab'],
		hint: 'pane',
		when: ({ view }) => view.panes > 1,
		run: (context) => context.nextPane(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Previous pane',
		keys: ['shift-tab'],
		when: ({ view }) => view.panes > 1,
		run: (context) => context.nextPane(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Practise on a simulated modem',
		keys: ['D'],
		step: 'simulate',
		words: ['demo', 'simulate', 'simulator', 'rehearsal', 'training'],
		run: askScenario,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Back to this machine’s own modem',
		keys: ['L'],
		hint: 'real modem',
		words: ['real', 'stop replay'],
		when: ({ session }) => session.label !== undefined,
		run: (context) => leaveFor(context, () => context.open.live()),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Choose the device',
		keys: ['d'],
		words: ['modem', 'port'],
		when: ({ session }) => session.devices.size > 0,
		run: askDevice,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Start recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session: { recorder } }) => recorder !== undefined && recorder.path === undefined,
		run: ({ session }) => session.recorder?.start(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Stop recording',
		keys: ['r'],
		words: ['log', 'save'],
		when: ({ session }) => session.recorder?.path !== undefined,
		run: ({ session }) => session.recorder?.stop(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Leave a mark with a note',
		keys: ['m'],
		words: ['bookmark', 'comment'],
		when: ({ session }) => session.recorder !== undefined,
		run: askMark,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Mouse on or off',
		keys: ['M'],
		words: ['click', 'wheel', 'scroll', 'selection'],
		run: ({ mouse, toasts }) => {
			mouse.toggle();
			toasts.show(
				mouse.isOn
					? 'The mouse is on: the wheel scrolls, a click chooses. M gives the terminal its own selection back.'
					: 'The mouse is off: the terminal selects text again.',
			);
		},
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Colours for a light or a dark background',
		keys: ['T'],
		words: ['theme', 'color', 'white', 'black', 'contrast'],
		when: ({ appearance }) => appearance.colors.depth !== 'none',
		run: (context) => {
			context.appearance = otherBackground(context.appearance);
			context.toasts.show(`Colours for a ${context.appearance.colors.background} background.`);
		},
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Find an action',
		keys: [':'],
		hint: 'commands',
		words: ['palette'],
		run: askPalette,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Help',
		keys: ['?'],
		hint: 'help',
		words: ['keys'],
		run: (context) => showHelp(context, 'view'),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Back',
		keys: ['esc'],
		run: goBack,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Back to the shell until fg',
		keys: ['ctrl-z'],
		words: ['suspend', 'stop', 'background', 'job'],
		run: (context) => context.suspend(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Quit (Ctrl-C three times: without asking)',
		keys: ['q', 'ctrl-c'],
		hint: 'quit',
		words: ['exit', 'leave'],
		run: askQuit,
	},
];
