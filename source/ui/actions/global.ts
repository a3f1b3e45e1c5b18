import { situationOf } from '../../session/situation/situation.ts';
import { otherBackground } from '../text/appearance.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
import { osc52 } from './copying.ts';
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
import { leadingHint, takeNextStep } from './next-step.ts';
import { nextRemark, showRemarks, showWhy } from './remarks.ts';
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
		name: 'Take the next step',
		keys: ['enter'],
		words: ['next', 'advice', 'continue', 'now what'],
		unless: 'There is nothing to do next: see what 1 USB says.',
		when: (context) => {
			const { viewName, pane, session } = context;
			const isSaid = viewName === 'flash' || (viewName === 'usb' && (pane === 1 || !session.path));
			return isSaid && leadingHint(context) !== undefined;
		},
		run: takeNextStep,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Copy the next command for another shell (modemscope doctor)',
		keys: ['!'],
		step: 'shell',
		words: ['doctor', 'shell', 'driver', 'rights', 'permission', 'udev', 'programmer'],
		run: ({ session, write, toasts }) => {
			const { next } = situationOf(session);
			const command = (next?.action === 'shell' && next.line) || 'modemscope doctor';
			write(osc52(command));
			toasts.show(
				`Run this in another shell: ${command}. The clipboard has it, if this terminal takes it.`,
			);
		},
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Next pane',
		keys: ['tab'],
		hint: 'pane',
		unless: 'This view has one pane.',
		when: ({ view }) => view.panes > 1,
		run: (context) => context.nextPane(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Previous pane',
		keys: ['shift-tab'],
		unless: 'This view has one pane.',
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
		unless: 'This is the machine’s own modem already.',
		when: ({ session }) => session.label !== undefined,
		run: (context) => leaveFor(context, () => context.open.live()),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Choose the device',
		keys: ['d'],
		words: ['modem', 'port'],
		unless: 'No modem is plugged in.',
		when: ({ session }) => session.devices.size > 0,
		run: askDevice,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Start recording',
		keys: ['r'],
		words: ['log', 'save'],
		unless: 'It is recorded already.',
		when: ({ session: { recorder } }) => recorder !== undefined && recorder.path === undefined,
		run: ({ session }) => session.recorder?.start(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Stop recording',
		keys: ['r'],
		words: ['log', 'save'],
		unless: 'Nothing is recorded now.',
		when: ({ session }) => session.recorder?.path !== undefined,
		run: ({ session }) => session.recorder?.stop(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Leave a mark with a note',
		keys: ['m'],
		words: ['bookmark', 'comment'],
		run: askMark,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Why? The evidence of what is chosen',
		keys: ['W'],
		words: ['cause', 'reason', 'evidence', 'explain', 'because'],
		run: showWhy,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Errors, warnings and notes',
		keys: ['E'],
		words: ['expert', 'summary', 'problems', 'remarks'],
		run: showRemarks,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the next error or warning',
		keys: [')'],
		words: ['expert', 'problem'],
		run: (context) => nextRemark(context, 1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the previous error or warning',
		keys: ['('],
		words: ['expert', 'problem'],
		run: (context) => nextRemark(context, -1),
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
		unless: 'This terminal shows no colours.',
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
