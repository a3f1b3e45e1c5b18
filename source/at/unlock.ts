/** AT!ENTERCND where it is needed: sent once a life of the application, when a command was refused. */
import { exitCode, Problem } from '../problem.ts';
import { answerTime, mayNeedEnterCnd } from './catalogue.ts';
import type { AtAnswer, AtChannel } from './channel.ts';

/** A password can be changed: 4 to 10 characters, 15 on newer modems (AT reference manuals). */
const password = /^[\x21\x23-\x7e]{1,32}$/;

/** The line that gives a password; throws for what can be none. */
export function enterCnd(typed: string): string {
	if (password.test(typed)) return `AT!ENTERCND="${typed}"`;
	throw new Problem(exitCode.usage, 'That can be no password of AT!ENTERCND.', {
		modem: 'Nothing was sent.',
		next: 'give 4 to 15 characters without quotes and blanks; from the factory it is A710.',
	});
}

/**
 * True when this refusal may mean that the modem wants AT!ENTERCND first. One that says something is
 * none: AT!RMARESET=1 has been seen to restore all, say so, and end with ERROR.
 */
export const wantsEnterCnd = (
	line: string,
	{ lines, result }: Pick<AtAnswer, 'lines' | 'result'>,
): boolean =>
	mayNeedEnterCnd(line) &&
	lines.length === 0 &&
	/^(?:ERROR|\+CME ERROR: ?(?:3|16|operation not allowed))$|^\+CME ERROR:.*password/i.test(result);

/** Sends a line, and where it is refused for want of the password, that and the line again. */
export async function sendUnlocked(
	channel: AtChannel,
	line: string,
	known: string | undefined,
	signal?: AbortSignal,
): Promise<AtAnswer> {
	const answer = await channel.send(line, answerTime(line), signal);
	if (known === undefined || !wantsEnterCnd(line, answer)) return answer;
	const gate = enterCnd(known);
	const opened = await channel.send(gate, answerTime(gate), signal);
	return opened.result === 'OK' ? channel.send(line, answerTime(line), signal) : opened;
}
