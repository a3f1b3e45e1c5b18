import { basename } from 'node:path';
import { asksFirst, catalogue, lookUp, wordOf } from '../../../at/catalogue.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ConsoleState } from '../../app/console-state.ts';
import { type Choice, ChoiceDialog } from '../../components/dialogs/choice-dialog.ts';
import { onlyWord, TypedDialog } from '../../components/dialogs/typed-dialog.ts';
import { fitLeft } from '../../text/lines.ts';

const hold = 'AT!BOOTHOLD';

/** Lists what can wait for the next window; AT!BOOTHOLD is what most come for. */
export function askArm(context: ConsoleState): void {
	const { firmware } = context.session;
	const whole = catalogue.filter(({ name }) => !name.endsWith('=') && name !== hold);
	const commands = whole.map(({ name, says, risk }) => ({
		label: `${fitLeft(name, 20)} ${says}`,
		says: risk ? `Risk: ${risk}` : 'It only reads.',
		run: () => void context.attempt(() => armAsked(context, name)),
	}));
	const own: Choice = {
		label: 'A command or script  of your own',
		says: 'One line, several between "|", or the path of a script (docs/at-commands.md).',
		run: () => askOwn(context),
	};
	const flash: Choice[] = firmware
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
		run: () => void context.attempt(async () => (await context.session.armable(hold)).arm()),
	};
	const says =
		'The command is sent the moment the AT port shows up, in the short time that it is there, and again in each window until it has worked.';
	const choices = [holds, ...flash, own, ...commands];
	context.openOverlay((close) => new ChoiceDialog('Arm a command', says, choices, close));
}

/** What costs something is asked for by its word, as if it were sent now. */
async function armAsked(context: ConsoleState, typed: string): Promise<void> {
	const armable = await context.session.armable(typed);
	const costly = armable.lines.filter(asksFirst);
	const [first] = costly;
	if (first === undefined) {
		armable.arm();
		return;
	}
	const word = wordOf(first);
	const costs = costly.map((line) => {
		const known = lookUp(line);
		return [`${sanitize(line)}:`, known?.risk, known?.back].filter(Boolean).join(' ');
	});
	const options = {
		title: `Arm ${sanitize(armable.name)} ?`,
		says: [...costs, `Type ${word} to arm it.`],
		prompt: 'AT>',
		refuse: onlyWord(word),
		run: () => void context.attempt(() => armable.arm()),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

function askOwn(context: ConsoleState): void {
	const options = {
		title: 'Arm a command or script',
		says: [
			'A command, several between "|", or the path of a script. Between commands: wait 0.5, expect TEXT, try AT….',
		],
		prompt: 'AT>',
		refuse: (typed: string) => (typed === '' ? 'Nothing was typed.' : undefined),
		run: (typed: string) => void context.attempt(() => armAsked(context, typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** The open file, and those that are planned with it. */
const openFiles = ({ session: { firmware, added } }: ConsoleState) =>
	sanitize([firmware?.file.path ?? '', ...added].map((path) => basename(path)).join(' + '));

function askArmFlash(context: ConsoleState): void {
	const { model = '' } = context.session;
	const options = {
		title: `Hold, then flash ${openFiles(context)}`,
		says: [
			'In the next window AT!BOOTHOLD is sent. When the boot loader holds, the plan is made anew and the flash starts by itself, unless a check refuses it.',
			`Type ${sanitize(model)} to arm it.`,
		],
		prompt: 'Model:',
		refuse: onlyWord(model),
		run: (typed: string) => void context.attempt(() => context.session.armFlash(typed)),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

export function askDisarm(context: ConsoleState): void {
	const choices = [
		{ label: 'Keep it armed', says: 'It fires in the next window.', run: () => {} },
		{
			label: 'Disarm it',
			says: 'Nothing is sent.',
			run: () => void context.attempt(() => context.session.disarm()),
		},
	];
	const title = `${sanitize(context.session.armed ?? '')} is armed`;
	context.openOverlay((close) => new ChoiceDialog(title, '', choices, close));
}
