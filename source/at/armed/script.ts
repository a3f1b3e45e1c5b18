/**
 * Several AT lines as one action. A line is a command, or
 *
 *     wait 0.5              waits, seconds of the modem's time
 *     expect ONLINE         the answer before has this in one of its lines, or the script ends
 *     try AT!GSTATUS?       sends it, whatever it is answered with
 *     # words               for people
 *
 * A command that is not answered with OK ends the script.
 */
import type { Clock } from '../../clock.ts';
import { exitCode, Problem } from '../../problem.ts';
import { answerTime } from '../catalogue.ts';
import type { AtAnswer, AtChannel } from '../channel.ts';
import { checkLine } from '../line.ts';

export type Step =
	| { readonly does: 'send' | 'try'; readonly line: string }
	| { readonly does: 'wait'; readonly seconds: number }
	| { readonly does: 'expect'; readonly text: string };

/** Throws a Problem that names the first line that is none of the format. */
export function readScript(text: string): Step[] {
	const steps = text.split(/\r?\n/).flatMap((raw, index): Step[] => {
		const line = raw.trim();
		if (line === '' || line.startsWith('#')) return [];
		const [, word = '', after = ''] = /^(wait|expect|try)\s([\s\S]*)$/i.exec(line) ?? [];
		const rest = after.trim();
		switch (word.toLowerCase()) {
			case 'wait':
				if (!/^\d+(?:\.\d+)?$/.test(rest) || Number(rest) > 600) throw badLine(index, line);
				return [{ does: 'wait', seconds: Number(rest) }];
			case 'expect':
				return [{ does: 'expect', text: rest }];
			case 'try':
				return [{ does: 'try', line: commandAt(index, rest) }];
			default:
				return [{ does: 'send', line: commandAt(index, line) }];
		}
	});
	if (linesOf(steps).length > 0) return steps;
	throw new Problem(exitCode.usage, 'There is no AT command in the script.');
}

function commandAt(index: number, line: string): string {
	if (!/^at/i.test(line)) throw badLine(index, line);
	checkLine(line);
	return line;
}

const badLine = (index: number, line: string) =>
	new Problem(exitCode.usage, `Line ${index + 1} of the script is no AT command: ${line}`, {
		modem: 'Nothing was sent.',
		next: 'write AT lines, "wait SECONDS", "expect TEXT", "try AT…", or "# words".',
	});

/** The AT lines of a script. */
export const linesOf = (steps: readonly Step[]): string[] =>
	steps.flatMap((step) => (step.does === 'send' || step.does === 'try' ? [step.line] : []));

/** Runs a script once; `OK`, or what ended it. `seconds` bounds each answer, where it is given. */
export async function runScript(
	channel: AtChannel,
	steps: readonly Step[],
	clock: Clock,
	{ seconds, signal }: { seconds?: number; signal?: AbortSignal } = {},
): Promise<string> {
	let answer: AtAnswer | undefined;
	for (const step of steps) {
		if (signal?.aborted) return 'cancelled';
		if (step.does === 'wait') await clock.sleep(step.seconds, signal);
		else if (step.does === 'expect') {
			const said = answer?.lines.some((line) => line.includes(step.text)) ?? false;
			if (!said) return `"${step.text}" was not answered`;
		} else {
			answer = await channel.send(step.line, seconds ?? answerTime(step.line), signal);
			if (step.does === 'send' && answer.result !== 'OK') return answer.result;
		}
	}
	return 'OK';
}
