/** What is asked around an AT command: its word where it costs something, a password where one is wanted. */
import { usesAttempt } from '../../../at/attempts.ts';
import { changesKept } from '../../../at/catalogue.ts';
import { type Question, questionsOf, wordsOf } from '../../../at/consent.ts';
import { enterCnd } from '../../../at/unlock.ts';
import { Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { AtSent } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { onlyWord, TypedDialog } from '../../components/dialogs/TypedDialog.tsx';

/** Sends a line, after the words in it that ask first were typed; `sent` is called when it goes. */
export function askAndSend(context: ViewContext, line: string, sent: () => void): void {
	const at = context.session.modem?.at;
	if (!at) return;
	const questions = questionsOf(line);
	const words = wordsOf(questions);
	const send = () => {
		sent();
		void unlocking(context, () => at.send(line, words));
	};
	if (questions.length === 0) {
		send();
		return;
	}
	const ask = (left: string) =>
		askWords(context, {
			title: `Send ${sanitize(line)} ?`,
			says: [
				...questionRows(questions),
				left,
				changesKept(line) ? 'The state of the modem is read first, into the recording.' : '',
			],
			questions,
			verb: 'send',
			run: send,
		});
	if (!usesAttempt(line)) {
		ask('');
		return;
	}
	void at.attemptsLeft().then(ask, (error: unknown) => {
		if (!(error instanceof Problem)) throw error;
		ask(`How many attempts are left cannot be read: ${error.message}`);
	});
}

/** What each command does and costs; named where there are several. */
export const questionRows = (questions: readonly Question[]): string[] =>
	questions.flatMap(({ command, says, cost }) => {
		const name = questions.length > 1 ? `${sanitize(command)}: ` : '';
		return [`${name}${says}`, cost];
	});

export type WordsAsked = {
	readonly title: string;
	/** Paragraphs; empty ones are left out. */
	readonly says: readonly string[];
	readonly questions: readonly Question[];
	/** What typing the words does. */
	readonly verb: string;
	readonly run: () => void;
};

/** Asks for the name of every command that may change the modem, in their order. */
export function askWords(
	context: ViewContext,
	{ title, says, questions, verb, run }: WordsAsked,
): void {
	const words = wordsOf(questions).join(' ');
	const options = {
		title,
		says: [...says, `Type ${words} to ${verb} it.`].filter((paragraph) => paragraph !== ''),
		prompt: 'AT>',
		refuse: onlyWord(words),
		run,
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** Does something that the modem may refuse without AT!ENTERCND; asks for the password then, once. */
export async function unlocking(
	context: ViewContext,
	task: () => Promise<AtSent>,
	done: () => void = () => {},
): Promise<void> {
	await context.attempt(async () => {
		const { wantsPassword } = await task();
		if (wantsPassword) askPassword(context, task, done);
		else done();
	});
}

function askPassword(context: ViewContext, task: () => Promise<AtSent>, done: () => void): void {
	const options = {
		title: 'The modem wants AT!ENTERCND first',
		says: [
			'The modem takes this command only after AT!ENTERCND with its password; that lasts until the next reset. The factory password is A710; it may have been changed.',
			'Type the password. Only this console keeps it; the recording and the screen show it masked.',
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
			context.session.modem?.at.givePassword(typed);
			void unlocking(context, task, done);
		},
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
