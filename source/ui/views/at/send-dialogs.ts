/** What is asked around an AT command: its word where it costs something, a password where one is wanted. */
import { linesOf, readScript } from '../../../at/armed/script.ts';
import { usesAttempt } from '../../../at/attempts.ts';
import { changesKept } from '../../../at/catalogue.ts';
import { type Question, questionsOf, wordsOf } from '../../../at/consent.ts';
import { maskSecrets } from '../../../at/secrets.ts';
import { enterCnd } from '../../../at/unlock.ts';
import { Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { AtControl, AtSent } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import { onlyWord, TypedDialog } from '../../components/dialogs/TypedDialog.tsx';

/** Sends a line, after the words in it that ask first were typed; `sent` is called when it goes. */
export function askAndSend(context: ViewContext, line: string, sent: () => void): void {
	const at = context.session.modem?.at;
	if (!at) return;
	if (isAway(context)) {
		offerArming(context, at, line, sent);
		return;
	}
	const send = (words: readonly string[]) => {
		sent();
		void unlocking(context, () => at.send(line, words));
	};
	if (questionsOf(line).length === 0) send([]);
	else askToSend(context, at, { title: `Send ${sanitize(line)} ?`, says: '', lines: [line], send });
}

/** Sends several lines as a script; its words are asked for as those of one line are. */
export function askAndRun(context: ViewContext, text: string): void {
	const at = context.session.modem?.at;
	if (!at) return;
	void context.attempt(() => {
		const lines = linesOf(readScript(text));
		if (isAway(context)) {
			offerArming(context, at, lines.join(' | '), () => {});
			return;
		}
		const title = `Send ${lines.length} lines, one after the other?`;
		const says = `${lines.map(sanitize).join(', ')}.`;
		const send = (words: readonly string[]) =>
			void context.attempt(() => at.runScript(text, words));
		if (lines.some((line) => questionsOf(line).length > 0)) {
			askToSend(context, at, { title, says, lines, send });
			return;
		}
		const choices = [
			{ label: 'Send them', says: 'They only read.', run: () => send([]) },
			{ label: 'Leave them', says: 'Nothing is sent.', run: () => {} },
		];
		context.openOverlay((close) => new ChoiceDialog(title, says, choices, close));
	});
}

type ToSend = {
	readonly title: string;
	readonly says: string;
	readonly lines: readonly string[];
	readonly send: (words: readonly string[]) => void;
};

function askToSend(
	context: ViewContext,
	at: AtControl,
	{ title, says, lines, send }: ToSend,
): void {
	const questions = lines.flatMap(questionsOf);
	const ask = (left: string) =>
		askWords(context, {
			title,
			says: [
				says,
				...questionRows(questions),
				left,
				lines.some(changesKept) ? 'The state of the modem is read first, into the recording.' : '',
			],
			questions,
			verb: 'send',
			run: () => send(wordsOf(questions)),
		});
	if (!lines.some(usesAttempt)) {
		ask('');
		return;
	}
	void at.attemptsLeft().then(ask, (error: unknown) => {
		if (!(error instanceof Problem)) throw error;
		ask(`How many attempts are left cannot be read: ${error.message}`);
	});
}

/** It was seen, and has left USB. */
function isAway({ session }: ViewContext): boolean {
	const { path, timeline } = session;
	const last = path === undefined ? undefined : timeline.port(path, session.now())?.spans.at(-1);
	return last?.to !== undefined;
}

/** Nothing can be sent to a modem that is away; the same line can wait for its next window. */
function offerArming(context: ViewContext, at: AtControl, line: string, armed: () => void): void {
	const choices = [
		{
			label: `Arm ${sanitize(line)} for its next window`,
			says: 'It is sent the moment the AT port shows up.',
			run: () => void context.attempt(() => armAsked(context, at, line, armed)),
		},
		{ label: 'Leave it', says: 'Nothing is sent.', run: () => {} },
	];
	const says = 'Nothing can be sent now: the modem has left USB.';
	context.openOverlay((close) => new ChoiceDialog('The modem is away', says, choices, close));
}

/** What may change the modem is asked for by its words, as if it were sent now. */
export async function armAsked(
	context: ViewContext,
	at: AtControl,
	typed: string,
	armed: () => void = () => {},
): Promise<void> {
	const armable = await at.armable(typed);
	const questions = armable.lines.flatMap(questionsOf);
	const arm = () => {
		armable.arm(wordsOf(questions));
		armed();
	};
	if (questions.length === 0) {
		arm();
		return;
	}
	askWords(context, {
		title: `Arm ${sanitize(armable.name)} ?`,
		says: questionRows(questions),
		questions,
		verb: 'arm',
		run: () => void context.attempt(arm),
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
	isGiven = false,
): Promise<void> {
	await context.attempt(async () => {
		const { locked } = await task();
		if (locked.length > 0) askPassword(context, locked, task, done, isGiven);
		else done();
	});
}

/** The first of them, and how many there are. */
function namesOf([first = '', ...others]: readonly string[]): string {
	const name = sanitize(maskSecrets(first));
	if (others.length === 0) return name;
	return `${name} and ${others.length} other ${others.length === 1 ? 'command' : 'commands'}`;
}

function askPassword(
	context: ViewContext,
	locked: readonly string[],
	task: () => Promise<AtSent>,
	done: () => void,
	isRefused: boolean,
): void {
	const options = {
		title: 'The modem wants AT!ENTERCND first',
		isSecret: true,
		says: [
			...(isRefused ? ['The modem refused the password that was typed. Esc leaves it.'] : []),
			`The modem takes ${namesOf(locked)} only after AT!ENTERCND with its password; that lasts until the next reset. The factory password is A710; it may have been changed.`,
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
			void unlocking(context, task, done, true);
		},
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
