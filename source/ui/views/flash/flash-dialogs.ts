import { basename } from 'node:path';
import { ifStopped } from '../../../flash/model/outcomes/if-stopped.ts';
import { overridable, type Plan, type PlanCheck, refuses } from '../../../flash/model/plan.ts';
import type { Transport } from '../../../flash/model/transport.ts';
import { namesModem, namesOf } from '../../../modems/naming.ts';
import { exitCode, Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import { TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { modemIn, versionsOf } from './flash-format.ts';

/** Starts the planned flash once the model's name was typed. */
export function askStart(context: ViewContext): void {
	const flasher = context.session.modem?.flasher;
	const plan = flasher?.plan;
	if (!plan) return;
	if (refuses(plan)) {
		const check = overridable(plan);
		if (!check) throw refused(plan);
		askAside(context, check);
		return;
	}
	const options = {
		title: `Flash ${sanitize(modemIn(plan))} at ${sanitize(plan.path)}`,
		says: [
			`${sanitize(nameOf(plan))}: ${versionsOf(context.appearance, plan)}.`,
			'The modem must keep its power until the end. The flash goes on when this screen is closed.',
			`Type ${sanitize(namesOf(plan))} to start.`,
		],
		prompt: 'Model:',
		refuse: (typed: string) =>
			namesModem(typed, plan)
				? undefined
				: `That is not ${sanitize(namesOf(plan))}. Nothing was started.`,
		run: (typed: string) => void context.attempt(() => flasher.start(typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** A refusal that may be set aside is, when a person types its name. */
function askAside(context: ViewContext, { name, says }: PlanCheck): void {
	const options = {
		title: `The plan is refused: ${name}`,
		says: [
			`${sanitize(says)}.`,
			'You can override this check if you know better. The recording keeps that you did. Nothing is started yet.',
			`Type ${name} to override it.`,
		],
		prompt: 'Check:',
		refuse: (typed: string) =>
			typed === name ? undefined : `That is not ${name}. Nothing was overridden.`,
		run: () => void context.attempt(() => context.session.modem?.flasher.setAside(name)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** What the loader is spoken to over; the plan says then what speaks for it, or against it. */
export function askOver(context: ViewContext): void {
	const flasher = context.session.modem?.flasher;
	if (!flasher) return;
	const choice = (label: string, says: string, transport?: Transport) => ({
		label,
		says,
		run: () => void context.attempt(() => flasher.speakOver(transport)),
	});
	const choices = [
		choice('auto', 'modemscope picks, and the plan says why.'),
		choice('tty', 'The loader’s serial port, as qmi-firmware-update takes it.', 'tty'),
		choice(
			'USB endpoints',
			'Taken from the driver: no other program gets between, and a slow machine has less to do. Needs root; tried on simulated modems only.',
			'usb',
		),
	];
	const says = 'Nothing is started yet: the flash is planned anew.';
	context.openOverlay((close) => new ChoiceDialog('The way to the loader', says, choices, close));
}

export function askStop(context: ViewContext): void {
	const choices = [
		{ label: 'Let it go on', says: 'Nothing changes.', run: () => {} },
		{
			label: 'Stop at the next safe point',
			says: ifStopped(context.session.flash),
			run: () => void context.attempt(() => context.session.modem?.flasher.stop()),
		},
	];
	context.openOverlay((close) => new ChoiceDialog('Stop the flash?', '', choices, close));
}

const nameOf = ({ file, others }: Plan) =>
	[file, ...others].map((each) => basename(each)).join(', then ');

const refused = ({ checks }: Plan) =>
	new Problem(
		exitCode.refusedBeforeWrite,
		`The plan does not allow it: ${checks.find(({ state }) => state === 'refuse')?.says ?? ''}`,
		{ modem: 'Nothing was written to the modem.' },
	);
