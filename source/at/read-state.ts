/** Reads everything that tells the state of a modem, and changes nothing. */
import { changesKept } from './catalogue.ts';
import type { AtAnswer, AtChannel } from './channel.ts';
import { noResult } from './results.ts';
import { sendUnlocked } from './unlock.ts';

/** In the order of what is worth most, should the port go away in the middle; the protected ones last. */
export const stateCommands: readonly string[] = [
	'ATI',
	'AT!PCINFO?',
	'AT!GSTATUS?',
	'AT!IMPREF?',
	'AT!IMAGE?',
	'AT!PRIID?',
	'AT!USBCOMP?',
	'AT!USBPID?',
	'AT+CFUN?',
	'AT!BCFWUPDATESTATUS?',
	'AT!GCDUMP',
	'AT!ERR',
	'AT!EROPTION?',
	'AT!CUSTOM?',
];

/** What ends reading the state: the modem is not there to be asked, or does not speak AT. */
const ends: readonly string[] = [noResult.lost, noResult.zeros, noResult.binary, noResult.flood];

export type StateAnswer = { readonly command: string; readonly answer: AtAnswer };

/**
 * Asks for all of it. Refusals are part of the picture; with `password` the protected ones are asked
 * for again. Ends early when nothing answers any more.
 */
export async function readState(
	channel: AtChannel,
	password: string | undefined,
	signal?: AbortSignal,
): Promise<StateAnswer[]> {
	const answers: StateAnswer[] = [];
	for (const command of stateCommands) {
		if (signal?.aborted) break;
		const answer = await sendUnlocked(channel, command, password, signal);
		answers.push({ command, answer });
		const silent = answers.length === 1 && answer.result === noResult.silent;
		if (silent || ends.includes(answer.result)) break;
	}
	return answers;
}

/** Reads the state before something that changes it; false when it could not be read whole. */
export const hasReadState = async (
	channel: AtChannel,
	password: string | undefined,
): Promise<boolean> => (await readState(channel, password)).length === stateCommands.length;

/** What was asked for, and the answer that it got; none when the state could not be read before it. */
export type SentWithSnapshot = {
	readonly answer: AtAnswer | undefined;
	readonly answers: readonly StateAnswer[];
};

/**
 * Sends a line that a person has agreed to. Before one that changes what the modem keeps, its state
 * is read: it stands in the events then, and in the recording. Where that fails, nothing is sent.
 */
export async function sendWithSnapshot(
	channel: AtChannel,
	line: string,
	password: string | undefined,
): Promise<SentWithSnapshot> {
	const answers = changesKept(line) ? await readState(channel, password) : [];
	const last = answers.at(-1);
	if (last && answers.length < stateCommands.length) return { answer: undefined, answers };
	return { answer: await sendUnlocked(channel, line, password), answers };
}
