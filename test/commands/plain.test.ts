import { describe, expect, it } from 'vitest';
import { timedLines } from '../../source/commands/common/event-line.ts';
import type { Event } from '../../source/events.ts';
import { exitCode } from '../../source/problem.ts';
import { run } from './program.ts';

const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';
const demo = ['--demo', '--speed', '20', '--for', '80'];

describe('the console without a terminal', () => {
	it('says what happens and what it means, a line at a time, without cursor control', () => {
		const { exit, out } = run(...demo);
		expect(exit).toBe(exitCode.done);
		expect(out).toMatch(/^ +\d+\.\d{3} {2}\+ 3-1 1199:68c0 app/m);
		expect(out).toMatch(/! Boot loop: up/);
		expect(out).toMatch(/Next: /);
		expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
	});

	it('says it as JSON, one event a line', () => {
		const { exit, out } = run('--json', ...demo);
		expect(exit).toBe(exitCode.done);
		const types = out
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line).type);
		expect(types).toEqual(expect.arrayContaining(['usb-came', 'usb-went', 'finding']));
	});

	it('prints a recording as replay does', () => {
		expect(run('--replay', recording)).toEqual(run('replay', recording));
		expect(run('--json', '--replay', recording)).toEqual(run('replay', '--json', recording));
	});
});

it('sets the lines of an answer below each other, with the time before the first', () => {
	const answered = { type: 'at-answered', port: '', command: 'ATI', result: 'OK', seconds: 0 };
	const lines = ['Model: RC7620', 'SVN: 01'];
	expect(timedLines({ t: 38.5, source: 'at', ...answered, lines } as Event)).toEqual([
		'   38.500  < Model: RC7620',
		'           < SVN: 01',
		'           < OK',
	]);
});
