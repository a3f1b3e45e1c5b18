/** What a learner has passed, in a file of his own: a header line, then one line a lesson that was passed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ownFolder, replaceFile, stateFolder } from '../own-files.ts';
import { exitCode, Problem } from '../problem.ts';

const medals = ['gold', 'silver', 'bronze'] as const;
export type Medal = (typeof medals)[number];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const headerSchema = v.object({ modemscopeLearn: v.literal(1), learner: name, seed: count });
const passedSchema = v.object({
	lesson: name,
	at: v.pipe(v.string(), v.isoTimestamp()),
	medal: v.picklist(medals),
	failures: count,
	/** Lines that were typed, `wait` not counted. */
	lines: count,
	/** Seconds of the modem's time. */
	seconds: v.pipe(v.number(), v.minValue(0)),
});
export type Passed = v.InferOutput<typeof passedSchema>;

export type Progress = {
	readonly learner: string;
	/** Of the values in the lessons. */
	readonly seed: number;
	/** In the order in which they were passed; a lesson may be there more than once. */
	readonly passed: readonly Passed[];
};

/** Bytes of a file that can be one learner's. */
const longestFile = 1024 * 1024;

/** A name as it stands in a path. */
const fileOf = (learner: string) => `${encodeURIComponent(learner).replaceAll('.', '%2E')}.ndjson`;

export const progressPath = (learner: string): string =>
	join(stateFolder(), 'learn', fileOf(learner));

/** Undefined where the learner has none yet. Throws a Problem when the file is something else. */
export function readProgress(path: string): Progress | undefined {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (cause) {
		const { code = cause } = cause as NodeJS.ErrnoException;
		if (code === 'ENOENT') return undefined;
		throw new Problem(exitCode.noAccess, `${path} cannot be read (${code}).`, { cause });
	}
	const [first = '', ...rest] = text.length > longestFile ? [] : text.trimEnd().split('\n');
	const header = v.safeParse(headerSchema, jsonIn(first));
	const lines = rest.map((line) => v.safeParse(passedSchema, jsonIn(line)));
	if (!header.success || !lines.every((line) => line.success)) {
		throw new Problem(exitCode.fileRejected, `${path} is no progress of modemscope learn.`, {
			next: 'name files from …/modemscope/learn/, or move this one away.',
		});
	}
	const { learner, seed } = header.output;
	return { learner, seed, passed: lines.map(({ output }) => output) };
}

function jsonIn(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

export function writeProgress({ learner, seed, passed }: Progress): void {
	const path = progressPath(learner);
	ownFolder(join(stateFolder(), 'learn'));
	const lines = [{ modemscopeLearn: 1, learner, seed }, ...passed];
	replaceFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

/** The best that a learner did in a lesson. */
export const bestOf = ({ passed }: Progress, lesson: string): Passed | undefined =>
	passed
		.filter((each) => each.lesson === lesson)
		.sort((a, b) => medals.indexOf(a.medal) - medals.indexOf(b.medal))[0];
