import { userInfo } from 'node:os';
import { seedOf } from '../../learn/bench/draw.ts';
import { lessons } from '../../learn/lessons/index.ts';
import { progressPath, readProgress } from '../../learn/progress.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import type { Output } from '../common/command.ts';
import { drawsAscii, readConfig } from '../common/config.ts';
import type { LearnFlags } from './options.ts';

const longestName = 64;

export async function learn(
	input: readonly string[],
	flags: LearnFlags,
	output: Output,
): Promise<ExitCode> {
	if (flags.teacher) {
		const { teacher } = await import('./teacher.ts');
		return teacher(input, { json: flags.json, out: output.out });
	}
	if (input[0] === 'capstone') {
		const { capstone } = await import('./capstone.ts');
		return capstone(flags, output);
	}
	if (input.length > 1) throw usage('One lesson at a time.');
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new Problem(exitCode.usage, 'A lesson needs a terminal.', {
			next: 'run modemscope learn in a terminal of 80x24 or more.',
		});
	}
	const [named] = input;
	const lesson = named === undefined ? undefined : Number(named);
	if (lesson !== undefined && !lessons[lesson - 1]) {
		throw usage(`There is no lesson ${named}: 1 to ${lessons.length}.`);
	}
	const learner = nameOf(flags.name);
	const progress = readProgress(progressPath(learner)) ?? {
		...{ learner, seed: seedOf(learner), passed: [] },
	};
	const { runLearn } = await import('../../ui/learn.tsx');
	const ascii = flags.ascii || drawsAscii(readConfig());
	return runLearn({ progress, lesson, ascii });
}

function nameOf(told: string | undefined): string {
	const name = (told ?? userInfo().username).trim();
	if (name !== '' && name.length <= longestName && !/[\u0000-\u001f\u007f-\u009f]/.test(name)) {
		return name;
	}
	throw usage(`A learner's name has 1 to ${longestName} letters.`);
}

const usage = (says: string) =>
	new Problem(exitCode.usage, says, { next: 'modemscope learn --help lists the lessons.' });
