/** What is asked around an AT command: its word where it costs something, a password where one is wanted. */
import { asksFirst, changesKept, lookUp, wordOf } from '../../../at/catalogue.ts';
import { enterCnd } from '../../../at/unlock.ts';
import { Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { AtSent } from '../../../session/session.ts';
import type { ConsoleState } from '../../app/console-state.ts';
import { onlyWord, TypedDialog } from '../../components/dialogs/typed-dialog.ts';

/** Sends a line, after its word was typed where it needs that; `sent` is called when it goes. */
export function askAndSend(context: ConsoleState, line: string, sent: () => void): void {
	const send = () => {
		sent();
		void unlocking(context, () => context.session.sendAt(line));
	};
	if (!asksFirst(line)) {
		send();
		return;
	}
	const known = lookUp(line);
	const word = wordOf(line);
	const options = {
		title: `Send ${sanitize(line)} ?`,
		says: [
			known?.says ?? 'It does again what was done last.',
			[known?.risk, known?.back].filter(Boolean).join(' '),
			changesKept(line) ? 'The state of the modem is read first, into the recording.' : '',
			`Type ${word} to send it.`,
		].filter((paragraph) => paragraph !== ''),
		prompt: 'AT>',
		refuse: onlyWord(word),
		run: send,
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** Does something that the modem may refuse without AT!ENTERCND; asks for the password then, once. */
export async function unlocking(
	context: ConsoleState,
	task: () => Promise<AtSent>,
	done: () => void = () => {},
): Promise<void> {
	await context.attempt(async () => {
		const { wantsPassword } = await task();
		if (wantsPassword) askPassword(context, task, done);
		else done();
	});
}

function askPassword(context: ConsoleState, task: () => Promise<AtSent>, done: () => void): void {
	const options = {
		title: 'The modem wants AT!ENTERCND first',
		says: [
			'What was refused opens with a password, until the next reset. From the factory it is A710; it may have been changed.',
			'Type the password. It is kept for this console only, and masked wherever it would stand.',
		],
		prompt: 'Password:',
		refuse: (typed: string) => {
			try {
				enterCnd(typed);
				return undefined;
			} catch (error) {
				if (!(error instanceof Problem)) throw error;
				return error.sentence;
			}
		},
		run: (typed: string) => {
			context.session.giveAtPassword(typed);
			void unlocking(context, task, done);
		},
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
