import { refuses } from '../../../flash/model/plan.ts';
import type { Session } from '../../../session/session.ts';
import type { Action, ViewContext } from '../../actions/view-context.ts';
import { askOver, askStart, askStop } from './flash-dialogs.ts';
import type { FlashState } from './flash-state.ts';
import { mayRehearse } from './plan-rows.ts';
import { askAdd, mayAdd } from './planned-files.ts';

const noPlan = ({ session }: ViewContext): string =>
	isFlashing(session)
		? 'A flash runs: nothing else is planned meanwhile.'
		: 'No flash is planned. Open a file in 3 Firmware and press F there.';
const isFlashing = ({ modem, flash }: Session): boolean =>
	flash.running || (modem?.flasher.isStarting ?? false);
const hasPlan = ({ session }: ViewContext): boolean =>
	session.modem?.flasher.plan !== undefined && !isFlashing(session);
const isRehearsing = ({ session }: ViewContext): boolean =>
	session.modem?.flasher.rehearsal?.isRunning ?? false;

function whyNotRehearsed(context: ViewContext): string | undefined {
	const plan = context.session.modem?.flasher.plan;
	if (isRehearsing(context)) return 'It is rehearsed already: S stops that.';
	if (!plan || mayRehearse(plan)) return undefined;
	return refuses(plan)
		? 'The plan is refused: see what is marked.'
		: 'This cannot be rehearsed: nobody plays a chip in EDL, or the rest of a flash.';
}

const brackets = () => '[ ]';

export const flashActions: readonly Action<FlashState>[] = [
	{
		risk: 'modem',
		where: 'flash',
		name: 'Start the planned flash',
		keys: ['s'],
		step: 'start',
		hint: 'start',
		words: ['start flash', 'update', 'download', 'write', 'upgrade'],
		unless: noPlan,
		when: hasPlan,
		run: askStart,
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Rehearse the planned flash on a simulated modem',
		keys: ['t'],
		hint: 'rehearse',
		words: ['try', 'test', 'dry run', 'practise', 'simulate', 'ghost'],
		unless: (context) => whyNotRehearsed(context) ?? noPlan(context),
		when: (context) => hasPlan(context) && whyNotRehearsed(context) === undefined,
		run: ({ session }) => session.modem?.flasher.rehearse(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Plan a flash of the open file',
		keys: ['p'],
		step: 'plan',
		hint: 'plan',
		unless: noPlan,
		when: ({ session }) =>
			session.modem !== undefined &&
			(session.firmware.opened ?? session.firmware.openedPackage) !== undefined &&
			!isFlashing(session),
		run: ({ session }) => session.modem?.flasher.makePlan(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Add a file to the plan, or leave one out',
		keys: ['a'],
		hint: 'add a file',
		words: ['settings', 'nvu', 'cwe', 'several', 'second', 'remove'],
		unless: noPlan,
		when: ({ session }) => mayAdd(session),
		run: askAdd,
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Choose tty or USB endpoints for the flash',
		keys: ['o'],
		words: ['over', 'transport', 'usb', 'endpoints', 'tty', 'serial', 'fast'],
		unless: noPlan,
		when: hasPlan,
		run: askOver,
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Plan what is left of an unfinished flash',
		keys: ['c'],
		step: 'continue-flash',
		hint: 'go on',
		words: ['continue', 'resume', 'died', 'broken'],
		unless: 'No flash of this modem was left unfinished.',
		when: ({ session }) => session.modem?.flasher.unfinished !== undefined && !isFlashing(session),
		run: ({ session }) => session.modem?.flasher.planRest(),
	},
	{
		risk: 'modem',
		where: 'flash',
		name: 'Stop the flash at its next safe point',
		keys: ['S'],
		hint: 'stop',
		words: ['cancel', 'abort'],
		unless: 'No flash runs.',
		when: ({ session }) => session.flash.running && session.modem !== undefined,
		run: askStop,
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Stop the rehearsal',
		keys: ['S'],
		hint: 'stop',
		words: ['cancel', 'abort'],
		unless: 'Nothing is rehearsed.',
		when: isRehearsing,
		run: ({ session }) => session.modem?.flasher.stop(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Next field of the frame',
		keys: [']'],
		hint: 'field',
		label: brackets,
		run: (_, view) => view.traffic.field(1),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Previous field of the frame',
		keys: ['['],
		run: (_, view) => view.traffic.field(-1),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Back to the last change of the chosen field',
		keys: ['R'],
		words: ['reverse', 'search', 'watch', 'previous value', 'when'],
		unless: 'There is no frame with fields.',
		when: (_, view) => (view.traffic.chosen?.fields.length ?? 0) > 0,
		run: (_, view) => view.toLastChange(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Hex or text of the frame',
		keys: ['x'],
		hint: 'hex/text',
		words: ['bytes'],
		run: (_, view) => view.traffic.toggleText(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Ladder diagram or list of the traffic',
		keys: ['v'],
		hint: 'ladder',
		words: ['sequence', 'arrows', 'host', 'conversation'],
		run: (_, view) => view.traffic.toggleDiagram(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Bookmark this frame',
		keys: ['b'],
		words: ['mark', 'note'],
		unless: 'There is no frame to mark.',
		when: (_, view) => view.hasFrames,
		run: (_, view) => view.bookmark(),
	},
];
