import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { learn } from '../../source/commands/learn/learn.ts';
import { teacher } from '../../source/commands/learn/teacher.ts';
import {
	bestOf,
	type Passed,
	progressPath,
	readProgress,
	writeProgress,
} from '../../source/learn/progress.ts';
import { newFolder } from '../flash/rehearse.ts';

let state: string;
beforeEach(() => {
	state = newFolder();
	process.env.XDG_STATE_HOME = state;
});

const passed = (lesson: string, medal: Passed['medal'], failures = 0): Passed => ({
	...{ lesson, medal, failures, at: '2026-11-29T10:00:00.000Z' },
	...{ lines: 7, seconds: 90 },
});

function tableOf(paths: readonly string[], json = false): string[] {
	const lines: string[] = [];
	expect(teacher(paths, { json, out: (line) => lines.push(line) })).toBe(0);
	return lines;
}

describe('the progress of a learner', () => {
	it('is kept in the state folder, readable by its owner only, and read back', () => {
		const progress = { learner: 'anna', seed: 7, passed: [passed('hello', 'silver', 2)] };
		writeProgress(progress);
		const path = progressPath('anna');
		expect(path).toBe(join(state, 'modemscope/learn/anna.ndjson'));
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readProgress(path)).toEqual(progress);
	});

	it('stays in its folder whatever the name', () => {
		for (const name of ['../../etc/passwd', '.', '..', 'a/b', 'Zoë 李']) {
			expect(dirname(progressPath(name))).toBe(join(state, 'modemscope/learn'));
			writeProgress({ learner: name, seed: 1, passed: [] });
			expect(readProgress(progressPath(name))?.learner).toBe(name);
		}
	});

	it('keeps the best of several times', () => {
		const times = [passed('hello', 'bronze'), passed('hello', 'gold'), passed('hello', 'silver')];
		expect(bestOf({ learner: 'a', seed: 1, passed: times }, 'hello')?.medal).toBe('gold');
	});

	it.each([
		'',
		'x',
		'{"modemscope":1}',
		'{"modemscopeLearn":1,"learner":"a","seed":1}\n{"lesson":1}',
	])('is refused where a file is something else: %j', (text) => {
		const path = join(state, 'x.ndjson');
		writeFileSync(path, text);
		expect(() => readProgress(path)).toThrow('is no progress of modemscope learn');
	});
});

describe('the table of a class', () => {
	it('has a row a learner, a column a lesson, and how many passed each', () => {
		writeProgress({ learner: 'bob', seed: 1, passed: [passed('two-faces', 'bronze', 3)] });
		const annas = [passed('two-faces', 'gold'), passed('the-loop', 'silver', 1)];
		writeProgress({ learner: 'anna', seed: 2, passed: annas });
		const lines = tableOf([dirname(progressPath('anna'))]);
		expect(lines[0]).toMatch(/^learner +1 +2 +3 +4 +5 +6 +7 +8 +passed$/);
		expect(lines[1]).toMatch(/^anna +g 0 +s 1 +- .* 2$/);
		expect(lines[2]).toMatch(/^bob +b 3 +- .* 1$/);
		expect(lines[3]).toMatch(/^passed +2\/2 +1\/2 +0\/2/);
	});

	it('has one JSON object a learner', () => {
		writeProgress({ learner: 'anna', seed: 2, passed: [passed('two-faces', 'gold')] });
		const [line = ''] = tableOf([progressPath('anna')], true);
		expect(JSON.parse(line)).toMatchObject({ learner: 'anna', passed: [{ lesson: 'two-faces' }] });
	});

	it('reads thirty files in one go', () => {
		for (let n = 0; n < 30; n++) writeProgress({ learner: `p${n}`, seed: n, passed: [] });
		expect(tableOf([join(state, 'modemscope/learn')])).toHaveLength(33);
	});

	it('names a file that is not there', () => {
		mkdirSync(join(state, 'empty'));
		expect(() => teacher([join(state, 'none')], { json: false, out: () => {} })).toThrow('no file');
		expect(() => teacher([join(state, 'empty')], { json: false, out: () => {} })).toThrow(
			'No progress',
		);
	});
});

describe('modemscope learn', () => {
	const flags = { teacher: false, json: false, ascii: false } as never;
	const output = { out: () => {} } as never;

	it('needs a terminal', async () => {
		await expect(learn([], flags, output)).rejects.toThrow('A lesson needs a terminal.');
	});

	it('needs a folder for the capstone', async () => {
		await expect(learn(['capstone'], flags, output)).rejects.toThrow('needs a folder');
	});
});
