import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { diffRecordings } from '../../source/commands/at/diff.ts';
import type { Output } from '../../source/commands/common/command.ts';
import type { Event } from '../../source/events.ts';
import { exitCode } from '../../source/problem.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { newFolder, program, run as runAlone } from './program.ts';
import { ended, until } from './rehearse.ts';

/** A simulated modem in a process of its own, and "modemscope at" run on it. */
async function rehearse(scenario: string) {
	const folder = newFolder();
	const state = newFolder();
	const start = (...args: string[]): ChildProcess =>
		spawn(process.execPath, [program, ...args], {
			env: { ...process.env, XDG_STATE_HOME: state },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	const modem = start('simulate', scenario, '--socket', folder, '--speed=20');
	onTestFinished(() => void modem.kill());
	while (!existsSync(join(folder, 'rehearsal.json'))) {
		if (modem.exitCode !== null) throw new Error('the modem ended');
		await new Promise((wake) => setTimeout(wake, 10));
	}
	const at = (...args: string[]) => ended(start('at', ...args, '--rehearsal', folder));
	const recordings = () => {
		const place = join(state, 'modemscope/recordings');
		return existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : [];
	};
	return { at, folder, recordings, start };
}

describe('what destroys or leaves', () => {
	it.each([
		'AT!RMARESET=1',
		'at!rmareset = 1',
		'AT!IMAGE=0',
		'AT!USBCOMP=1,1,10D',
		'AT!EROPTION=0',
		'AT!NVRESTORE=0',
		'at!gcclr',
		'AT!BOOTHOLD',
		'AT!ENTERCND="A710";!RMARESET=1',
		'AT+CFUN?;!GCCLR',
		'xx AT!RESET',
		'A/',
		'ATS0=0!RMARESET=1',
		'ATE1&F',
		'AT+QPRTPARA=3',
		'AT+CLCK="SC",1,"0000"',
	])('is not sent without --yes: %s', (line) => {
		const { exit, err, out } = runAlone('at', line);
		expect(exit).toBe(exitCode.usage);
		expect(err).toContain('Nothing was sent.');
		expect(out).toBe('');
	});

	it('covers one named command with --yes, not a chain', () => {
		const { exit, err } = runAlone('at', '--yes', 'RESET', 'AT!RESET;!RMARESET=1');
		expect(exit).toBe(exitCode.usage);
		expect(err).toContain('add --yes RMARESET.');
		expect(err).not.toContain('--yes RESET');
		expect(runAlone('at', '--yes', 'AT!RESET').err).toContain('--yes BOOTHOLD AT!BOOTHOLD');
	});

	it.each(['AT!RESEX\bT', 'ATI\rAT!RESET', 'AT!RE\u0131SET', 'AT!R\u00c5SET'])(
		'is not hidden by signs that a modem passes over: %j',
		(line) => {
			const { exit, err } = runAlone('at', '--yes', 'RESET', line);
			expect(exit).toBe(exitCode.usage);
			expect(err).toContain('printable ASCII');
		},
	);
});

it('reads the state before a reset of the settings, sends it after, and keeps both in a recording', async () => {
	const { at, recordings } = await rehearse('low-power');
	const password = ['--entercnd', 'A710'];
	expect((await at('AT!USBCOMP=1,1,100D', '--yes', 'USBCOMP', ...password)).exit).toBe(
		exitCode.done,
	);
	const reset = await at('AT!RMARESET=1', '--yes', 'RMARESET', ...password);
	expect(reset.exit).toBe(exitCode.done);
	expect(reset.out.indexOf('Interface bitmask: 0000100D')).toBeGreaterThan(0);
	expect(reset.out.indexOf('Interface bitmask: 0000100D')).toBeLessThan(
		reset.out.indexOf('DEVICE REBOOT REQUIRED'),
	);
	expect((await at('AT!ENTERCND="A710";!USBCOMP?')).out).toContain('0000010D');
	expect(recordings()).toHaveLength(2);
	for (const path of recordings()) {
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readFileSync(path, 'utf8')).not.toContain('A710');
	}
});

it('asks for a password where one is wanted, and gives it where it has one', async () => {
	const { at } = await rehearse('healthy');
	const without = await at('AT!IMPREF?');
	expect(without.exit).toBe(exitCode.failed);
	expect(without.err).toContain('--entercnd');
	const wrong = await at('AT!IMPREF?', '--entercnd', 'WRONG');
	expect(wrong.exit).toBe(exitCode.failed);
	expect(wrong.out).not.toContain('WRONG');
	const right = await at('AT!IMPREF?', '--entercnd', 'A710', '--json');
	expect(right.exit).toBe(exitCode.done);
	expect(right.out).not.toContain('A710');
	const events = right.out
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(events.at(-2) ?? events.at(-1)).toMatchObject({
		type: 'at-answered',
		command: 'AT!IMPREF?',
		fields: { preferredFirmware: '00.03.03.00', currentCarrier: 'GENERIC' },
	});
	expect(runAlone('at', 'ATI', '--entercnd', 'A"710').exit).toBe(exitCode.usage);
});

it('says how many attempts a PIN has left before it gives one', async () => {
	const { at } = await rehearse('healthy');
	const { err, out } = await at('--yes', 'CPIN', 'AT+CPIN="1234"');
	expect(err).toContain('Attempts left: SIM PIN 3 of 3, SIM PUK 10 of 10.');
	expect(out).toMatch(/> AT\+CPINR[\s\S]*> AT\+CPIN=/);
	expect(out).not.toContain('1234');
});

it('takes snapshots and says what differs between two', async () => {
	const { at, folder } = await rehearse('low-power');
	const [before, after] = ['before', 'after'].map((name) => join(folder, `${name}.ndjson`));
	const snapshot = ['--snapshot', '--entercnd', 'A710', '-o'];
	expect((await at(...snapshot, before!)).exit).toBe(exitCode.done);
	const lines = ['AT!IMPREF="GENERIC"', 'AT!EROPTION=0'];
	expect(
		(await at(...lines, '--yes', 'IMPREF', '--yes', 'EROPTION', '--entercnd', 'A710')).exit,
	).toBe(exitCode.done);
	await at(...snapshot, after!);
	const { exit, out } = runAlone('at', '--diff', before!, after!);
	expect(exit).toBe(exitCode.failed);
	expect(out).toMatch(/AT!IMPREF\?\n {2}Preferred firmware\n {4}- 00.02.00.00\n {4}\+ 00.03.03.00/);
	expect(out).toMatch(/Mismatch\n {4}- fw version mismatch\n {4}\+ not there/);
	expect(out).toMatch(/AT!EROPTION\?\n {2}Action on crash\n {4}- 1\n {4}\+ 0/);
	const same = runAlone('at', '--diff', before!, before!);
	expect(same).toMatchObject({ exit: exitCode.done, out: 'Nothing differs.\n' });
});

it('compares recordings that are longer than memory holds at once', async () => {
	const folder = newFolder();
	const started = '2026-03-04T17:54:00.000Z';
	const header = { modemscope: 1, started, title: 'a test', origin: 'a test', speed: 1 } as const;
	const noise = recordLine({ t: 2, source: 'log', type: 'note', text: 'x'.repeat(65_000) });
	const recordingOf = (action: number, notes: number) => {
		const path = join(folder, `${action}.ndjson`);
		const [command, lines] = ['AT!EROPTION?', [`!EROPTION: ${action}`]];
		const answered = { type: 'at-answered', port: '', command, lines, result: 'OK', seconds: 0 };
		const answer = { t: 3, source: 'at', ...answered } as Event;
		const noises = Array.from({ length: notes }, () => noise);
		writeFileSync(path, [recordLine(header), ...noises, recordLine(answer)].join(''));
		return path;
	};
	const lines: string[] = [];
	const output = { out: (line: string) => lines.push(line) } as unknown as Output;
	const paths = [recordingOf(0, 1100), recordingOf(1, 0)];
	expect(await diffRecordings(paths, false, output)).toBe(exitCode.failed);
	expect(lines).toEqual(['AT!EROPTION?', '  Action on crash', '    - 0', '    + 1']);
});

it('runs a script, and ends it at the first line that fails', async () => {
	const { at, folder } = await rehearse('healthy');
	const script = join(folder, 'script.at');
	writeFileSync(script, '# who\nATI\nexpect RC7620\nwait 0.5\ntry AT!NOSUCH?\nAT+CFUN?\n');
	const good = await at('--script', script);
	expect(good.exit).toBe(exitCode.done);
	expect(good.out).toMatch(/> ATI[\s\S]*> AT!NOSUCH\?[\s\S]*> AT\+CFUN\?/);
	expect(good.out).toMatch(/^ *\d+\.\d{3} {2}< \S.*\n {11}< \S/m);
	writeFileSync(script, 'ATI\nexpect EM7565\nAT+CFUN?\n');
	const bad = await at('--script', script);
	expect(bad.exit).toBe(exitCode.failed);
	expect(bad.out).not.toContain('CFUN');
	writeFileSync(script, 'ATI\nAT!RESET\n');
	expect((await at('--script', script)).exit).toBe(exitCode.usage);
	writeFileSync(script, 'ATI\nrm -rf\n');
	expect((await at('--script', script)).err).toContain('Line 2');
});

it('fires a script in the window of a boot loop', async () => {
	const { at, folder } = await rehearse('boot-loop');
	const script = join(folder, 'script.at');
	writeFileSync(script, 'ATI\nexpect RC7620\nAT!BOOTHOLD\n');
	const { exit, out } = await at(
		'--catch',
		'--script',
		script,
		'--yes',
		'BOOTHOLD',
		'--device',
		'3-1',
	);
	expect(exit).toBe(exitCode.done);
	expect(out).toContain('the boot loader is holding');
});

it('says that it waits for a window while it does', async () => {
	const { start, folder } = await rehearse('loader');
	const window = ['--for', '1h', '--device', '3-1', '--rehearsal', folder];
	const waiting = start('at', '--catch', 'ATI', ...window);
	onTestFinished(() => void waiting.kill('SIGKILL'));
	let err = '';
	waiting.stderr?.on('data', (chunk) => {
		err += chunk;
	});
	await until(() => err.includes('waiting 3600 s for the AT port of the modem at 3-1.'));
	expect(waiting.exitCode).toBeNull();
	waiting.kill('SIGINT');
	expect((await ended(waiting)).exit).toBe(exitCode.noDevice);
});
