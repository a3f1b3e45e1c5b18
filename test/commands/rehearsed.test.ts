import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { newFolder } from './program.ts';
import { ended, pidOfFlash, rehearse, until } from './rehearse.ts';

/** A module that makes a process write its number into `log` when it opens the file. */
function hookOn(file: string, log: string): string {
	const hook = join(newFolder(), 'hook.cjs');
	const script = `
		const fs = require('node:fs');
		const { openSync } = fs;
		fs.openSync = (path, ...more) => {
			if (path === ${JSON.stringify(file)}) fs.appendFileSync(${JSON.stringify(log)}, process.pid + '\\n');
			return openSync(path, ...more);
		};
		require('node:module').syncBuiltinESMExports();
	`;
	writeFileSync(hook, script);
	return hook;
}

describe('watch', () => {
	it('names the loop and ends with exit code 9', async () => {
		const { run } = await rehearse('boot-loop');
		const { exit, out } = await run('watch', '--until-loop', '--for', '120');
		expect(exit).toBe(exitCode.loopSeen);
		expect(out).toMatch(/\+ 3-1 1199:68c0 app 4 if ttyUSB0-2 cdc-wdm0/);
		expect(out).toMatch(/! Boot loop: up \d\.\d s, down \d+\.\d s/);
	});

	it('tells a program how long it was up and gone, and what the loop is like', async () => {
		const { run } = await rehearse('boot-loop');
		const { out } = await run('watch', '--until-loop', '--for', '120', '--json');
		const events = out
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		const went = events.filter(({ type }) => type === 'usb-went');
		// Whether the first life was seen to begin depends on when the program started.
		expect(went.at(-1)).toMatchObject({
			mode: 'application',
			path: '3-1',
			up: expect.any(Number),
		});
		const [, again] = events.filter(({ type }) => type === 'usb-came');
		expect(again).toMatchObject({ drivers: ['qcserial', 'qmi_wwan'], down: expect.any(Number) });
		expect(events.find(({ type }) => type === 'finding')).toMatchObject({
			rule: 'boot-loop',
			path: '3-1',
			loop: { cycles: 2, period: expect.any(Number), duty: expect.any(Number) },
		});
	});

	it('prints events that a program can read', async () => {
		const { run } = await rehearse('loader');
		const { exit, out } = await run('watch', '--json', '--for', '30');
		expect(exit).toBe(exitCode.done);
		const events = out
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(events[0]).toMatchObject({
			type: 'usb-came',
			device: { path: '3-1', vid: '1199' },
			mode: 'loader',
			drivers: ['qcserial'],
			nodes: ['ttyUSB0'],
		});
		const wall = Date.parse(events[0].time);
		expect(Math.abs(Date.now() - wall)).toBeLessThan(600_000);
		expect(events.at(-1)).toMatchObject({ type: 'finding', rule: 'loader-held' });
	});

	it('lists the modems that are there, with their interfaces', async () => {
		const { run } = await rehearse('healthy');
		const { exit, out } = await run('watch', '--list');
		expect(exit).toBe(exitCode.done);
		expect(out).toMatch(/^3\s+ff\/00\/00\s+qcserial\s+ttyUSB2\s+AT\s+84 bulk/m);
		expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
		const listed = JSON.parse((await run('watch', '--list', '--json')).out);
		expect(listed).toMatchObject({ path: '3-1', mode: 'application', identity: { layout: 'SWI' } });
		expect(listed.interfaces[2]).toMatchObject({ number: 3, role: 'AT', nodes: ['ttyUSB2'] });
		expect((await run('watch', '--list', '--device', '9-9')).exit).toBe(exitCode.noDevice);
	});
});

describe('doctor', () => {
	it('finds nothing in the way of a healthy modem, and says what it looked at', async () => {
		const { run } = await rehearse('healthy');
		const { exit, out } = await run('doctor');
		expect(exit).toBe(exitCode.done);
		expect(out).toMatch(/ok\s+driver\s+Bound: qcserial, qmi_wwan/);
		const checks = (await run('doctor', '--json')).out.trim().split('\n');
		expect(checks.map((line) => JSON.parse(line).check)).toContain('holder');
		expect((await run('doctor', '--device', '9-9')).exit).toBe(exitCode.noDevice);
	});

	it('ends with 4 and the line that mends it where no driver is bound', async () => {
		const { run } = await rehearse('no-driver');
		const { exit, out } = await run('doctor');
		expect(exit).toBe(exitCode.noAccess);
		expect(out).toContain('echo 1199 90ff | sudo tee /sys/bus/usb-serial/drivers/qcserial/new_id');
	});
});

describe('at', () => {
	it('prints an answer, and fails when the modem says ERROR', async () => {
		const { run } = await rehearse('healthy');
		const good = await run('at', 'ATI');
		expect(good.exit).toBe(exitCode.done);
		expect(good.out).toContain('< Model: RC7620');
		expect((await run('at', 'AT!NONSENSE?')).exit).toBe(exitCode.failed);
	});

	it('catches a looping modem in its window and ends when the loader holds', async () => {
		const { run } = await rehearse('boot-loop');
		const args = ['at', '--catch', '--yes', 'BOOTHOLD', 'AT!BOOTHOLD'];
		const { exit, out, err } = await run(...args, '--device', '3-1', '--for', '2m');
		expect(exit).toBe(exitCode.done);
		expect(err).toContain('waiting 120 s for the AT port of the modem at 3-1');
		expect(out).toContain('the boot loader is holding');
	});

	it('says that no boot loop was seen in the time', async () => {
		const { run } = await rehearse('healthy');
		const { exit, err } = await run('watch', '--until-loop', '--for', '2s');
		expect(exit).toBe(exitCode.done);
		expect(err).toBe('modemscope: no boot loop was seen in 2 s.\n');
	});

	it('says that a loader does not speak AT', async () => {
		const { run } = await rehearse('loader');
		const { exit, err } = await run('at', 'ATI');
		expect(exit).toBe(exitCode.noDevice);
		expect(err).toContain('The boot loader does not speak AT');
	});
});

describe('flash', () => {
	it('shows its plan, and writes nothing before the model is named', async () => {
		const { run, image, state } = await rehearse('loader');
		const plan = await run('flash', image, '--dry-run');
		expect(plan.exit).toBe(exitCode.done);
		expect(plan.out).toMatch(/ok +loader +the boot loader holds at 3-1/);
		// Grouped, as everywhere else.
		expect(plan.out).toMatch(/\d \d{3} bytes, to RC7620 at 3-1/);
		expect((await run('flash', image)).exit).toBe(exitCode.usage);
		const wrong = await run('flash', image, '--yes-flash', 'RC7611');
		expect(wrong.exit).toBe(exitCode.usage);
		expect(wrong.err).toMatch(/nothing was written/i);
		expect(existsSync(join(state, 'modemscope/recordings'))).toBe(false);
	});

	it('brings a modem that runs its application to its loader, and tells what changed', async () => {
		const { run, image, folder } = await rehearse('healthy');
		const opened = join(folder, 'opened');
		vi.stubEnv('NODE_OPTIONS', `--require ${hookOn(image, opened)}`);
		onTestFinished(() => void vi.unstubAllEnvs());
		const { exit, out } = await run('flash', image, '--yes-flash', 'RC7620', '--settle', '5');
		// Where nothing is left to ask, one process makes the plan, and reads the file for it.
		expect(new Set(readFileSync(opened, 'utf8').trim().split('\n')).size).toBe(1);
		expect(out).toMatch(/ok +version +from 00.03.03.00 to 00.08.24.02/);
		expect(out).toContain('its firmware preference is set over QMI');
		expect(out).toMatch(/revision: SWI9X07H_00.08.24.02.*, before SWI9X07H_00.03.03.00/);
		expect(exit).toBe(exitCode.done);
	});

	it('catches a modem that loops', async () => {
		const { run, image } = await rehearse('boot-loop');
		const args = ['flash', image, '--yes-flash', 'RC7620', '--settle', '5', '--catch'];
		expect((await run(...args)).exit).toBe(exitCode.done);
	});

	it('ends with 3 without a modem, and with 5 for a damaged file, which no option lets through', async () => {
		const { run, image, folder } = await rehearse('loader');
		expect((await run('flash', image, '--device', '9-9')).exit).toBe(exitCode.noDevice);
		const damaged = join(folder, 'damaged.spk');
		const bytes = readFileSync(image);
		bytes[bytes.length >> 1]! ^= 1;
		writeFileSync(damaged, bytes);
		const rejected = await run('flash', damaged, '--yes-flash', 'RC7620', '--override', 'file');
		expect(rejected.exit).toBe(exitCode.fileRejected);
		expect(rejected.err).not.toContain('--override');
	});

	it('writes, verifies and ends with 0; another one on the same modem is refused meanwhile', async () => {
		const { run, start, folder, image, says } = await rehearse('loader');
		const args = ['flash', image, '--yes-flash', 'RC7620', '--settle', '5', '--rehearsal', folder];
		const first = ended(start(...args));
		await until(() => says('"type":"flash-phase"'));
		const second = await run('flash', image, '--yes-flash', 'RC7620');
		expect(second.exit).toBe(exitCode.noAccess);
		expect(second.err).toContain('runs already');
		expect((await run('flash', '--status')).out).toContain('RC7620 at 3-1');
		const { exit, out } = await first;
		expect(exit).toBe(exitCode.done);
		expect(out).toContain('Done: the modem runs 00.08.24.02');
		expect((await run('flash', '--status')).out).toContain('No flash runs');
	});

	it('goes on when the one who started it is killed, and is followed by the next', async () => {
		const { run, start, folder, image, says } = await rehearse('loader');
		const args = ['flash', image, '--yes-flash', 'RC7620', '--settle', '5', '--rehearsal', folder];
		const first = start(...args);
		await until(() => says('"type":"flash-phase"'));
		first.kill('SIGKILL');
		const { exit, out } = await run('flash', '--follow');
		expect(exit).toBe(exitCode.done);
		expect(out).toContain('Done: the modem runs 00.08.24.02');
	});

	it('stops at the next safe point on SIGINT, and says the state', async () => {
		const { start, folder, image, says } = await rehearse('loader');
		const first = start('flash', image, '--yes-flash', 'RC7620', '--rehearsal', folder);
		const end = ended(first);
		await until(() => says('"type":"payload"'));
		first.kill('SIGINT');
		const { exit, out } = await end;
		expect(exit).toBe(exitCode.failedDuringWrite);
		expect(out).toContain('Stopped during the write');
		expect(out).toContain('may not start until it is flashed again');
	});

	it('ends with 130 when it is interrupted before the write', async () => {
		const { start, folder, image, says } = await rehearse('stuck');
		const first = start('flash', image, '--yes-flash', 'RC7620', '--rehearsal', folder);
		const end = ended(first);
		await until(() => says('"type":"flash-phase"'));
		first.kill('SIGINT');
		const { exit, out } = await end;
		expect(exit).toBe(exitCode.interrupted);
		expect(out).toContain('Nothing was written');
	});

	it('stops the check when asked, ends with 8, and is gone on with', async () => {
		const { start, run, folder, image, says } = await rehearse('loader');
		const first = start('flash', image, '--yes-flash', 'RC7620', '--rehearsal', folder);
		const end = ended(first);
		await until(() => says('only waiting now'));
		first.kill('SIGINT');
		const { exit, out } = await end;
		expect(exit).toBe(exitCode.writtenButUnchecked);
		expect(out).toContain('The check was stopped, as asked.');
		const next = await run('flash', '--continue', '--yes-flash', 'RC7620', '--settle', '5');
		expect(next.exit).toBe(exitCode.done);
	});

	it('does not hear a closing terminal', async () => {
		const { start, folder, image, says, state } = await rehearse('loader');
		const args = ['flash', image, '--yes-flash', 'RC7620', '--settle', '5', '--rehearsal', folder];
		const end = ended(start(...args));
		await until(() => says('"type":"payload"'));
		process.kill(pidOfFlash(state), 'SIGHUP');
		expect((await end).exit).toBe(exitCode.done);
	});
});
