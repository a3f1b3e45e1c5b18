import { describe, expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { meetInFolder, smallFirmware, speed } from '../flash/rehearse.ts';
import { ended, pidOfFlash, programOn, rehearse, until } from './rehearse.ts';

const phaseBegan = (phase: string) => `"phase":"${phase}","state":"running"`;

/** Starts a flash, kills its process without warning once its recording holds `text`. */
async function killedAt(scenario: string, text: string, ...how: string[]) {
	const rehearsal = await rehearse(scenario);
	const { start, run, says, image, folder, state } = rehearsal;
	const flash = ['flash', image, '--yes-flash', 'RC7620', '--settle', '30', '--rehearsal', folder];
	const end = ended(start(...flash, ...how));
	await until(() => says(text));
	process.kill(pidOfFlash(state), 'SIGKILL');
	const first = await end;
	const status = await run('flash', '--status');
	expect(status.out).toContain('No flash runs.');
	return { ...rehearsal, first, status: status.out };
}

const goOn = ['flash', '--continue', '--yes-flash', 'RC7620', '--settle', '5'] as const;

describe('a flash whose process was killed', () => {
	it('while it listens: nothing was written, and the next one starts again', async () => {
		const { first, status, run } = await killedAt('stuck', phaseBegan('connect'));
		expect(first.exit).toBe(exitCode.failed);
		expect(first.err).toContain('The flash process died in the phase "connect"');
		expect(status).toContain('Nothing was written.');
		expect(status).toContain('At 3-1 the boot loader holds now.');
		expect(status).toContain('To go on: the file is written from its start.');
		const next = await run(...goOn);
		expect(next.exit).toBe(exitCode.done);
		expect((await run('flash', '--status')).out).not.toContain('unfinished');
	});

	it('is gone on with as it was asked for, unless something else is asked for now', async () => {
		const { run } = await killedAt('stuck', phaseBegan('connect'), '--protocol', 'sahara');
		const planned = async (...more: string[]) =>
			JSON.parse((await run('flash', '--continue', '--dry-run', '--json', ...more)).out);
		expect(await planned()).toMatchObject({ protocol: 'sahara', transport: 'tty', mode: 'flash' });
		expect(await planned('--protocol', 'auto')).toMatchObject({ protocol: 'auto' });
	});

	it('in the write: the loader is fed until it answers, then gets the file from its start', async () => {
		const { first, status, run } = await killedAt('loader', '"type":"payload"');
		expect(first.exit).toBe(exitCode.failedDuringWrite);
		expect(status).toContain('To go on: the loader still waits for the rest of the image');
		const next = await run(...goOn);
		expect(next.out).toContain('filling that with zeros');
		expect(next.exit).toBe(exitCode.done);
	});

	it('in the write, and the modem was power cycled: the file from its start', async () => {
		const { first, status, run, powerCycle } = await killedAt('loader', '"type":"payload"');
		expect(first.exit).toBe(exitCode.failedDuringWrite);
		expect(first.err).toContain('The flash process died in the phase "write"');
		expect(status).toContain('may not start until it is flashed again');
		await powerCycle('loader');
		expect((await run(...goOn)).exit).toBe(exitCode.done);
	});

	it('in the commit: the next one hears its end and only resets', async () => {
		const { first, status, run, says } = await killedAt('loader', phaseBegan('commit'));
		expect(first.exit).toBe(exitCode.failedDuringWrite);
		expect(status).toContain('the modem goes on writing its flash memory by itself');
		expect(status).toContain('To go on: nothing is written: the loader is reset');
		const next = await run(...goOn);
		expect(next.out).toContain('the loader has ended it');
		expect(next.out).not.toMatch(/write: running/);
		expect(next.exit).toBe(exitCode.done);
		expect(says('"exit":0')).toBe(true);
	});

	it('while the modem restarts: the next one waits for it and only checks', async () => {
		const { first, status, run } = await killedAt('loader', phaseBegan('reboot'));
		expect(first.exit).toBe(exitCode.writtenButUnchecked);
		expect(status).toContain('the modem was not seen to restart');
		const next = await run(...goOn);
		expect(next.out).not.toMatch(/connect: running|write: running/);
		expect(next.exit).toBe(exitCode.done);
	});

	it('and whose modem is away: the next one waits for it', async () => {
		const scenario = 'loader';
		const { folder, modem, plugInAgain } = await meetInFolder(scenario);
		const { path } = await smallFirmware(folder);
		await signRehearsal(folder, { pid: process.pid, scenario, speed, image: path });
		const { start, state, says } = programOn(folder);
		const rehearsed = ['--rehearsal', folder];
		const first = ended(start('flash', path, '--yes-flash', 'RC7620', ...rehearsed));
		await until(() => says(phaseBegan('connect')));
		process.kill(pidOfFlash(state), 'SIGKILL');
		await first;
		await modem.stop();
		const next = start(...goOn, ...rehearsed);
		const end = ended(next);
		await new Promise<void>((resolve) => {
			next.stderr?.on('data', (text) => {
				if (`${text}`.includes('no modem is at 3-1 now: waiting up to 120 s for it')) resolve();
			});
			next.on('close', () => resolve());
		});
		const back = await plugInAgain();
		expect((await end).exit).toBe(exitCode.done);
		expect(back.release.firmware).toBe('00.08.24.02');
	});

	it('in the check: the next one only checks', async () => {
		const { first, status, run } = await killedAt('loader', phaseBegan('check'));
		expect(first.exit).toBe(exitCode.writtenButUnchecked);
		expect(status).toContain('At 3-1 the modem runs its application now.');
		expect(status).toContain('To go on: nothing is written: what the modem runs is checked.');
		const next = await run(...goOn);
		expect(next.out).not.toMatch(/connect: running|write: running/);
		expect(next.exit).toBe(exitCode.done);
		expect((await run(...goOn)).exit).toBe(exitCode.noDevice);
	});
});
