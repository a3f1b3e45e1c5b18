import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { exitCode } from '../../source/problem.ts';
import { knownTexts } from '../../source/recording/import/importers.ts';
import { scenarios } from '../../source/simulator/modem/scenarios.ts';
import { type Ended, newFolder, run } from './program.ts';

const recording = resolve('recordings/rc7620-missed-hello-2023-06-01.ndjson');
const folder = newFolder();
const spk = join(folder, 'whole.spk');
const file = (name: string, content: string | Buffer) => {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
};

/** One plain sentence, with its exit code, and nothing of the program's insides. */
function expectSentence({ exit, err }: Ended, code: number, words: RegExp) {
	expect(err).toMatch(words);
	expect(exit).toBe(code);
	expect(err.trim().split('\n')).toHaveLength(1);
	expect(err).toMatch(/^modemscope: /);
	expect(err).not.toMatch(/ at .*:\d+:\d+|node:internal|Error:/);
}

beforeAll(() => smallRehearsalImage(spk));

describe('bad input gets one plain sentence and its exit code', () => {
	it('a truncated SPK', () => {
		const cut = file('cut.spk', readFileSync(spk).subarray(0, 1_000_000));
		const inspected = run('inspect', cut);
		expect(inspected.exit).toBe(exitCode.fileRejected);
		expect(inspected.out + inspected.err).toMatch(/cut|missing|short/i);
		expectSentence(run('flash', cut), exitCode.fileRejected, /cut|missing|short/i);
	});

	it('a recording cut in the middle of a line', () => {
		const whole = readFileSync(recording);
		const cut = file('cut.ndjson', whole.subarray(0, whole.length - 40));
		const { exit, out } = run('replay', cut);
		expect(exit).toBe(exitCode.done);
		expect(out).toMatch(/it was cut there; everything\s+before it is here/);
	});

	it('a log that is no log', () => {
		const poem = file('poem.log', 'Of arms and the man I sing\n');
		expectSentence(run('replay', poem), exitCode.fileRejected, /neither a recording nor a log/);
		expectSentence(
			run('import', poem, '-o', join(folder, 'x.ndjson')),
			exitCode.fileRejected,
			/neither a recording nor a log/,
		);
	});

	it('a file of random bytes, an empty one, a folder, one that is not there', () => {
		const noise = file(
			'noise',
			Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) & 255)),
		);
		expectSentence(run('replay', noise), exitCode.fileRejected, /neither a recording nor a log/);
		expectSentence(run('flash', noise), exitCode.fileRejected, /./);
		expectSentence(run('replay', file('empty', '')), exitCode.fileRejected, /empty/);
		expectSentence(run('replay', folder), exitCode.failed, /not a file/);
		expectSentence(run('replay', join(folder, 'nowhere')), exitCode.failed, /There is no file/);
		expectSentence(run('flash', join(folder, 'nowhere')), exitCode.failed, /There is no file/);
	});

	it('a port that is not there', () => {
		expectSentence(
			run('at', 'ATI', '--port', '/dev/ttyUSB77'),
			exitCode.noDevice,
			/There is no port \/dev\/ttyUSB77/,
		);
	});

	it('a file that is no port', () => {
		expectSentence(run('at', 'ATI', '--port', spk), exitCode.noDevice, /no port|not a port/i);
	});

	it('a modem that is not there', () => {
		expectSentence(
			run('flash', spk, '--device', '9-9'),
			exitCode.noDevice,
			/No modem is there at 9-9|This machine shows no USB/,
		);
		expectSentence(run('at', 'ATI'), exitCode.noDevice, /no modem|shows no USB/i);
		expectSentence(run('flash', '--follow'), exitCode.noDevice, /No flash runs/);
	});

	it('a rehearsal that does not run', () => {
		expectSentence(
			run('watch', '--rehearsal', folder),
			exitCode.noDevice,
			/No simulated modem runs/,
		);
	});

	it('words that are no command, and arguments that do not fit', () => {
		for (const word of ['flahs', 'constructor', 'all']) {
			expectSentence(run(word), exitCode.usage, new RegExp(`There is no command "${word}"`));
		}
		expectSentence(
			run('replay'),
			exitCode.usage,
			/FILE is missing\..*usage: modemscope replay FILE/,
		);
		expectSentence(
			run('--view', 'tv'),
			exitCode.usage,
			/--view does not know "tv": name one of usb, at/,
		);
		expectSentence(run('watch', '--nonsense'), exitCode.usage, /no option --nonsense/);
		expectSentence(run('watch', '-x'), exitCode.usage, /no option -x/);
		expectSentence(
			run('watch', '--for', 'ever'),
			exitCode.usage,
			/--for needs a time, as 42, 42s or 2m/,
		);
		expectSentence(run('watch', '--device'), exitCode.usage, /--device needs a value/);
		expectSentence(run('watch', '--device', '--list'), exitCode.usage, /--device needs a value/);
		expectSentence(run('watch', '--for', '1', '--for', '2'), exitCode.usage, /only be set once/);
		expectSentence(run('import', recording), exitCode.usage, /--output FILE is missing/);
		expect(run('simulate', 'nothing', '--socket', join(folder, 'm')).exit).toBe(exitCode.usage);
	});

	it('as one JSON object on stderr for a program that asked for JSON', () => {
		const { out, err, exit } = run('at', 'ATI', '--json', '--port', '/dev/ttyUSB77');
		expect(exit).toBe(exitCode.noDevice);
		expect(out).toBe('');
		expect(JSON.parse(err)).toMatchObject({
			type: 'error',
			exit: exitCode.noDevice,
			message: 'There is no port /dev/ttyUSB77.',
			next: expect.any(String),
		});
		expect(JSON.parse(run('watch', '--device', '--json').err)).toMatchObject({
			exit: exitCode.usage,
			message: '--device needs a value.',
		});
		const doctor = run('doctor', '--json', '--device', '9-9.9');
		expect(doctor).toMatchObject({ exit: exitCode.noDevice, out: '' });
		expect(JSON.parse(doctor.err)).toMatchObject({
			type: 'error',
			exit: exitCode.noDevice,
			next: expect.any(String),
		});
	});

	it('a command that would change the modem, without --yes', () => {
		expectSentence(run('at', 'AT!RMARESET=1'), exitCode.usage, /add --yes RMARESET/);
		expectSentence(run('at', 'AT!BOOTHOLD'), exitCode.usage, /add --yes BOOTHOLD/);
	});
});

describe('help', () => {
	it('is there for the program and for every command, on stdout', () => {
		const { out, exit } = run('--help');
		expect(exit).toBe(0);
		for (const name of ['watch', 'at', 'inspect', 'flash', 'replay', 'import', 'simulate']) {
			expect(out).toContain(name);
			const own = run(name, '--help');
			expect(own.exit).toBe(0);
			expect(own.out).toContain(`modemscope ${name}`);
		}
	});

	it('has no row that an 80 column terminal would break, usage and examples apart', () => {
		for (const name of [[], ['flash'], ['simulate'], ['inspect']]) {
			const rows = run(...name, '--help')
				.out.split('\n')
				.slice(1);
			const long = rows.filter((row) => row.length > 80 && !/^(Usage:| {2}modemscope )/.test(row));
			expect(long).toEqual([]);
		}
	});

	it('lists the names that an option or an argument takes', () => {
		const joined = run('simulate', '--help').out.replace(/\n {4,}| +/g, ' ');
		for (const { name, says } of scenarios) expect(joined).toContain(`\n ${name} ${says}`);
		for (const help of [run('replay', '--help').out, run('import', '--help').out]) {
			for (const name of knownTexts) expect(help).toContain(`\n  ${name}\n`);
		}
		expect(run('export', '--help').out).toMatch(
			/Formats:\n {2}text .*\n {2}pcapng .*\n {2}html .*\n {2}asciicast/,
		);
		const [, checks = ''] = run('flash', '--help').out.split('Checks for --override:\n');
		expect([...checks.matchAll(/^ {2}(\S+) {2,}\S/gm)].map(([, name]) => name)).toEqual([
			...['product', 'version', 'protocol', 'modemmanager', 'disk'],
		]);
	});
});
