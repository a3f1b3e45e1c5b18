import { basename } from 'node:path';
import { catalogue, lookUp } from '../../../at/catalogue.ts';
import { questionsOf, wordsOf } from '../../../at/consent.ts';
import { namesModem, namesOf } from '../../../modems/naming.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { AtControl } from '../../../session/session.ts';
import { calledOf, modelOf } from '../../../usb/device/model.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { type Choice, ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import { onlyWord, TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { fitLeft } from '../../text/lines.ts';
import { armAsked } from '../at/send-dialogs.ts';

const hold = 'AT!BOOTHOLD';

/** Lists what can wait for the next window; AT!BOOTHOLD is what most come for. */
export function askArm(context: ViewContext): void {
	const { modem, firmware } = context.session;
	if (!modem) return;
	const whole = catalogue.filter(({ name }) => !name.endsWith('=') && name !== hold);
	const commands = whole.map(({ name, says, risk }) => ({
		label: `${fitLeft(name, 20)} ${says}`,
		says: risk ? `Risk: ${risk}` : 'It only reads.',
		run: () => void context.attempt(() => armAsked(context, modem.at, name)),
	}));
	const own: Choice = {
		label: 'A command or script  of your own',
		says: 'One line, several between "|", or the path of a script (docs/at-commands.md).',
		run: () => askOwn(context, modem.at),
	};
	const flash: Choice[] = firmware.opened
		? [
				{
					label: `Hold, then flash     ${openFiles(context)}`,
					says: 'AT!BOOTHOLD in the next window; the flash starts when the loader holds.',
					run: () => askArmFlash(context),
				},
			]
		: [];
	const known = lookUp(hold);
	const holds: Choice = {
		label: `${fitLeft(hold, 20)} ${known?.says}`,
		says: `Risk: ${known?.risk}`,
		run: () =>
			void context.attempt(async () => {
				const armable = await modem.at.armable(hold);
				armable.arm(wordsOf(questionsOf(hold)));
			}),
	};
	const says =
		'It is sent the moment the AT port shows up, and again in each window until it has worked.';
	const choices = [holds, ...flash, own, ...commands];
	context.openOverlay((close) => new ChoiceDialog('Arm a command', says, choices, close));
}

function askOwn(context: ViewContext, at: AtControl): void {
	const options = {
		title: 'Arm a command or script',
		says: [
			'A command, several between "|", or the path of a script. Between commands: wait 0.5, expect TEXT, try AT….',
		],
		prompt: 'AT>',
		refuse: (typed: string) => (typed === '' ? 'Nothing was typed.' : undefined),
		run: (typed: string) => void context.attempt(() => armAsked(context, at, typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** The open file, and those that are planned with it. */
const openFiles = ({ session: { firmware, modem } }: ViewContext) => {
	const paths = [firmware.opened?.file.path ?? '', ...(modem?.flasher.added ?? [])];
	return sanitize(paths.map((path) => basename(path)).join(' + '));
};

function askArmFlash(context: ViewContext): void {
	const { model = '' } = context.session;
	const options = {
		title: `Hold, then flash ${openFiles(context)}`,
		says: [
			'In the next window AT!BOOTHOLD is sent. When the boot loader holds, modemscope makes the plan again and starts the flash, unless a check refuses it.',
			`Type ${sanitize(model)} to arm it.`,
		],
		prompt: 'Model:',
		refuse: onlyWord(model),
		run: (typed: string) =>
			void context.attempt(() => context.session.modem?.flasher.armStart(typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

export function askDisarm(context: ViewContext): void {
	const choices = [
		{ label: 'Keep it armed', says: 'It fires in the next window.', run: () => {} },
		{
			label: 'Disarm it',
			says: 'Nothing is sent.',
			run: () => void context.attempt(() => context.session.modem?.at.disarm()),
		},
	];
	const title = `${sanitize(context.session.modem?.at.armed ?? '')} is armed`;
	context.openOverlay((close) => new ChoiceDialog(title, '', choices, close));
}

export function askLeave(context: ViewContext): void {
	const { devices, path = '', model = '' } = context.session;
	const device = devices.get(path);
	if (!device) return;
	const { families } = calledOf(device, model === modelOf(device) ? undefined : model);
	const named = { model, families: families?.map(({ name }) => name) };
	const names = sanitize(namesOf(named));
	const options = {
		title: 'Leave the boot loader',
		says: [
			'The loader is reset, and the modem starts its application. Nothing is written. Where a boot pin still holds it, it comes back to its loader.',
			`Type ${names} to reset it.`,
		],
		prompt: 'Model:',
		refuse: (typed: string) =>
			namesModem(typed, named) ? undefined : `That is not ${names}. Nothing was sent.`,
		run: (typed: string) => void context.attempt(() => context.session.modem?.flasher.leave(typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
