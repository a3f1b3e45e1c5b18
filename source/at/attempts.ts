/** How many attempts a PIN, PUK or facility password has left, where the modem tells. */
import type { AtChannel } from './channel.ts';
import { commandsIn } from './line.ts';

/** Facility locks with a password of the SIM or of the network (3GPP TS 27.007, 7.4, 7.5, 8.3). */
const guess = /^AT(?:[+^]CPIN2?|\+CLCK|\+CPWD)=(?!\?)/;

/** True for a line with a PIN or password in it that a modem counts when it is wrong. */
export const usesAttempt = (line: string): boolean =>
	commandsIn(line).some((command) => guess.test(command));

/** 3GPP TS 27.007 8.65; only reads. */
const query = 'AT+CPINR';
const told = /^\+CPINR: *"?(SIM PIN2?|SIM PUK2?|[A-Z -]{1,20})"?, *(\d{1,3})(?:, *(\d{1,3}))?$/;
/** Seconds. */
const patience = 5;

/** One sentence; asks the modem, and never throws for what it answers. */
export async function attemptsLeft(channel: AtChannel): Promise<string> {
	const { lines } = await channel.send(query, patience);
	const left = lines.flatMap((line) => {
		const [, name, count, most] = told.exec(line) ?? [];
		return name === undefined ? [] : [`${name} ${count}${most === undefined ? '' : ` of ${most}`}`];
	});
	return left.length > 0
		? `Attempts left: ${left.join(', ')}.`
		: 'The modem does not say how many attempts are left.';
}
