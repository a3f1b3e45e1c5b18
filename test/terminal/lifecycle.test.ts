import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { viewNames } from '../../source/ui/text/view-names.ts';
import { built } from './built.ts';
import { newState, program, Screen } from './screen.ts';

const recording = resolve('recordings/rc7620-missed-hello-2023-06-01.ndjson');
const saboteur = resolve(import.meta.dirname, 'saboteur.ts');
let brokenConsole = '';

beforeAll(async () => {
	brokenConsole = await built('broken-console.tsx');
}, 60_000);

/** A shell with job control, in which the program is started as a person does. */
class Shell extends Screen {
	readonly state: string;

	constructor(sabotage = '', [columns, rows] = [80, 24]) {
		const state = newState();
		super([], state, columns, rows, {
			command: ['/bin/sh', '-i'],
			env: { PS1: 'shell> ', SABOTAGE: sabotage },
		});
		this.state = state;
	}

	async start(args: readonly string[], script = program): Promise<void> {
		await this.shows(/shell> /);
		const words = [process.execPath, '--import', saboteur, script, ...args];
		this.type(`${words.join(' ')}; echo "ended with $?"\r`);
		await this.until(() => this.alternate, 20, 'the alternate screen');
	}

	/** The program that runs in the shell. */
	get job(): number {
		const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
		return Number(children.trim().split(' ').at(-1));
	}

	/** Waits for the shell, and asks it what is left of the program. */
	async expectRestored(exit: RegExp): Promise<void> {
		await this.shows(exit);
		await this.shows(/shell>\s*$/);
		expect(this.leftovers).toEqual([]);
		this.type('stty -a; echo "mode""s told"\r');
		await this.shows(/modes told/);
		expect(this.text).toMatch(/(^|\s)icanon/);
		expect(this.text).toMatch(/(^|\s)echo /);
		expect(this.text).toMatch(/(^|\s)isig/);
	}
}

function shell(sabotage?: string, size?: [number, number]): Shell {
	const opened = new Shell(sabotage, size);
	onTestFinished(() => opened.close());
	return opened;
}

describe('the terminal is left as it was', () => {
	it.each([
		['q', 'q'],
		['Ctrl-C', '\u0003'],
	])('by %s', async (_, key) => {
		const screen = shell();
		await screen.start(['--replay', recording]);
		await screen.shows(/\[1 USB\]/);
		screen.type(key);
		await screen.expectRestored(/ended with 0/);
	});

	it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s', async (signal) => {
		const screen = shell();
		await screen.start(['--replay', recording]);
		await screen.shows(/\[1 USB\]/);
		screen.kill(signal, screen.job);
		await screen.expectRestored(/ended with 130/);
	});

	it('by a process that exits in the middle', async () => {
		const screen = shell('exit');
		await screen.start(['--replay', recording]);
		await screen.shows(/\[1 USB\]/);
		screen.kill('SIGUSR2', screen.job);
		await screen.expectRestored(/ended with 3/);
	});

	it('by a closed stdout', async () => {
		const screen = shell('stdout');
		await screen.start(['--replay', recording]);
		await screen.shows(/\[1 USB\]/);
		screen.kill('SIGUSR2', screen.job);
		screen.type('q');
		await screen.expectRestored(/ended with \d/);
	});

	it.each(
		viewNames.flatMap((view) => [[view, 'exception'] as const, [view, 'rejection'] as const]),
	)('by a defect while %s is shown: an %s, said in one sentence and saved', async (view, kind) => {
		const screen = shell(kind);
		await screen.start(['--replay', recording, '--view', view]);
		await screen.shows(/\[\d [A-Z]/);
		screen.kill('SIGUSR2', screen.job);
		await screen.expectRestored(/ended with 1/);
		const said = screen.text.replace(/\n/g, '');
		expect(said).toMatch(/This is a defect of modemscope: a fault from the test/);
		expect(said).toMatch(/The details are in .*last-crash\.txt/);
		const saved = readFileSync(join(screen.state, 'modemscope/last-crash.txt'), 'utf8');
		expect(saved).toMatch(/a fault from the test\n +at /);
	});

	it.each(viewNames)('by a session that throws at every touch while %s draws', async (view) => {
		const screen = shell();
		await screen.start([view], brokenConsole);
		await screen.shows(/\[\d [A-Z]/);
		screen.kill('SIGUSR2', screen.job);
		await screen.shows(/This cannot be drawn: a fault from the test/);
		screen.type('12345jk/:?\u001b\t');
		screen.type('\u0003\u0003\u0003');
		await screen.expectRestored(/ended with: a fault from the test[\s\S]*ended with 1/);
	});
});

it('keeps the recording whole when it breaks', async () => {
	const screen = shell('exception');
	await screen.start(['--demo', '--speed', '20']);
	await screen.shows(/REC/);
	await screen.shows(/BOOT LOOP/);
	screen.kill('SIGUSR2', screen.job);
	await screen.expectRestored(/ended with 1/);
	const folder = join(screen.state, 'modemscope/recordings');
	const [name = ''] = readdirSync(folder);
	const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
	const types = lines.map((line) => JSON.parse(line).type);
	expect(types.filter((type) => type === 'usb-went').length).toBeGreaterThan(1);
});

describe('Ctrl-Z', () => {
	it.each([
		[80, 24],
		[140, 45],
	])('gives the terminal to the shell and takes it back with fg, at %i x %i', async (...size) => {
		const screen = shell('', size as [number, number]);
		await screen.start(['--replay', recording]);
		await screen.shows(/replay at its end[\s\S]*Rule missed-hello/);
		// A key takes the note away that says where it was opened.
		screen.type('1');
		await screen.until(() => !/Opened at/.test(screen.text), 5, 'the view without a note');
		await screen.quiet(0.2);
		const before = screen.cells;
		screen.type('\u001a');
		await screen.expectRestored(/Stopped/);
		screen.type('fg\r');
		await screen.shows(/\[1 USB\]/);
		await screen.until(() => screen.cursorHidden, 5, 'the cursor to be hidden');
		await screen.until(() => String(screen.cells) === String(before), 5, 'the same screen');
		// Over a dialog in which a line is typed, too.
		screen.type('2:');
		await screen.shows(/\[2 AT\][\s\S]*Run an action/);
		screen.type('\u001a');
		await screen.until(() => !screen.alternate, 5, 'the shell');
		screen.resize(100, 30);
		screen.type('fg\r');
		await screen.shows(/\[2 AT\][\s\S]*Run an action/);
		expect(screen.wraps).toBe(false);
		screen.type('\u001b');
		await screen.until(() => !/Run an action/.test(screen.text), 5, 'the view');
		screen.type('q');
		await screen.expectRestored(/ended with 0|shell> /);
	});

	it('is asked for from outside, and a kill -STOP needs no asking', async () => {
		const screen = shell();
		await screen.start(['--replay', recording]);
		await screen.shows(/\[1 USB\]/);
		const { job } = screen;
		screen.kill('SIGTSTP', job);
		await screen.expectRestored(/Stopped/);
		screen.type('fg\r');
		await screen.shows(/\[1 USB\]/);
		screen.kill('SIGSTOP', job);
		await screen.shows(/shell>\s*$/);
		// The shell has the terminal as we left it, raw: Enter is no line end there.
		screen.type('clear; fg\n');
		await screen.shows(/\[1 USB\]/);
		screen.type('3');
		await screen.shows(/\[3 Firmware\]/);
		screen.type('q');
		await screen.until(() => !screen.alternate, 5, 'the shell');
	});
});

it('ends when its terminal goes away, and so does not burn the processor', async () => {
	const screen = new Screen(['--replay', recording], newState(), 80, 24);
	await screen.shows(/\[1 USB\]/);
	const { pid } = screen;
	screen.hangUp();
	await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}
