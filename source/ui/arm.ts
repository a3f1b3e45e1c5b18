import { catalogue } from '../at/catalogue.ts';
import { sanitize } from '../protocol/sanitize.ts';
import type { Desk } from './desk.ts';
import { ChoiceDialog } from './overlays/choice-dialog.ts';
import { fitLeft } from './rows.ts';

/** Lists what can wait for the next window; AT!BOOTHOLD is what most come for. */
export function askArm(desk: Desk): void {
	const whole = catalogue.filter(({ name }) => !name.endsWith('='));
	const hold = whole.filter(({ name }) => name === 'AT!BOOTHOLD');
	const choices = [...hold, ...whole.filter((command) => !hold.includes(command))].map(
		({ name, says, risk }) => ({
			label: `${fitLeft(name, 20)} ${says}`,
			says: risk ? `Risk: ${risk}` : 'It only reads.',
			run: () => void desk.attempt(() => desk.session.arm(name)),
		}),
	);
	const says =
		'The command is sent the moment the AT port shows up, in the short time that it is there, and again in each window until it has worked.';
	desk.ask((close) => new ChoiceDialog('Arm a command', says, choices, close));
}

export function askDisarm(desk: Desk): void {
	const choices = [
		{ label: 'Keep it armed', says: 'It fires in the next window.', run: () => {} },
		{
			label: 'Disarm it',
			says: 'Nothing is sent.',
			run: () => void desk.attempt(() => desk.session.disarm()),
		},
	];
	const title = `${sanitize(desk.session.armed ?? '')} is armed`;
	desk.ask((close) => new ChoiceDialog(title, '', choices, close));
}
