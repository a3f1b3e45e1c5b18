import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lessons } from '../../learn/lessons/index.ts';
import { bestOf, type Passed, type Progress, readProgress } from '../../learn/progress.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';

type Options = { readonly json: boolean; readonly out: (line: string) => void };

/** One table of a class: a learner a row, a lesson a column. */
export function teacher(paths: readonly string[], { json, out }: Options): ExitCode {
	const files = paths.flatMap(filesIn);
	if (files.length === 0) {
		throw new Problem(exitCode.usage, 'No progress file is named.', {
			next: 'name files, or a folder: modemscope learn --teacher ~/class.',
		});
	}
	const learners = files.map((path) => {
		const progress = readProgress(path);
		if (progress) return progress;
		throw new Problem(exitCode.noAccess, `There is no file ${path}.`);
	});
	const rows = learners.sort((a, b) => a.learner.localeCompare(b.learner));
	for (const line of json ? rows.map(jsonLine) : table(rows)) out(line);
	return exitCode.done;
}

function filesIn(path: string): string[] {
	if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
	const names = readdirSync(path).filter((name) => name.endsWith('.ndjson'));
	return names.sort().map((name) => join(path, name));
}

function jsonLine(progress: Progress): string {
	const { learner } = progress;
	const passed = lessons.flatMap(({ name }) => bestOf(progress, name) ?? []);
	return jsonText({ learner, passed });
}

/** Columns of a learner's name. */
const nameWidth = 20;

function table(rows: readonly Progress[]): string[] {
	const head = lessons.map((_, index) => String(index + 1).padEnd(cellWidth)).join('');
	const last = lessons.map(({ name }) => {
		const count = rows.filter((row) => bestOf(row, name)).length;
		return `${count}/${rows.length}`.padEnd(cellWidth);
	});
	return [
		`${'learner'.padEnd(nameWidth)} ${head}passed`,
		...rows.map((row) => {
			const best = lessons.map(({ name }) => bestOf(row, name));
			const count = best.filter(Boolean).length;
			return `${row.learner.slice(0, nameWidth).padEnd(nameWidth)} ${best.map(cell).join('')}${count}`;
		}),
		`${'passed'.padEnd(nameWidth)} ${last.join('')}`.trimEnd(),
		'A cell has the best medal and the failures before it: g gold, s silver, b bronze.',
	];
}

const cellWidth = 6;
const cell = (passed: Passed | undefined): string =>
	(passed ? `${passed.medal[0]} ${passed.failures}` : '-').padEnd(cellWidth);
