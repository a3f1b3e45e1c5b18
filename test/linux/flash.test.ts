import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { models } from '../../source/modems/simulated.ts';
import { isFull } from './full.ts';
import { meet, shortCommit, speed, until } from './modem.ts';
import { byMember, modemscope, program, type Run, succeeds } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'flash-'));
const spk = join(folder, 'small.spk');
const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'a.nvu') };

beforeAll(async () => {
	await smallRehearsalImage(spk);
	await rehearsalPair(pair, atMost(300_000));
});

const updated = (model: 'RC7620' | 'MC7455') => models[model].update.firmware;

/** Flashes unattended. */
async function flash(model: string, ...more: string[]): Promise<Run> {
	const run = modemscope('flash', ...more, '--yes-flash', model, '--settle', '5');
	await succeeds(run);
	return run;
}

describe('flash recovers, unattended,', () => {
	test.for([
		['a Sahara loader', 'loader'],
		['a loader whose HELLO was missed', 'stuck'],
		['a loader that met junk: HELLO mode 2, 0xFF00 refused until it is reset', 'spoiled'],
		['a loader without a tty', 'no-driver'],
	] as const)('%s', async ([, scenario]) => {
		const modem = await meet(scenario, shortCommit, speed);
		await flash('RC7620', spk);
		expect(modem.release.firmware).toBe(updated('RC7620'));
	});

	test('a modem whose application runs, for a user who is not root', async () => {
		const home = mkdtempSync(join(tmpdir(), 'member-'));
		const file = join(home, 'small.spk');
		copyFileSync(spk, file);
		const modem = await meet('healthy', { ...shortCommit, waitsForDownload: 240 }, speed);
		await until(() => existsSync('/dev/ttyUSB2'), 'the AT port is there');
		const run = byMember(home, 'flash', file, '--yes-flash', 'RC7620', '--settle', '5');
		await succeeds(run);
		expect(modem.release.firmware).toBe(updated('RC7620'));
	});

	test.runIf(isFull)('a loader that is silent for 100 s in its commit', async () => {
		const modem = await meet('slow-commit', {}, 1);
		await flash('RC7620', spk);
		expect(modem.release.firmware).toBe(updated('RC7620'));
	});

	// The emulated machine may need many windows for what a real one does in one.
	test.runIf(isFull)('a boot loop with a window of 2.4 s', { timeout: 600_000 }, async () => {
		const modem = await meet('exact-loop', {}, 1);
		await flash('RC7620', spk, '--catch');
		expect(modem.release.firmware).toBe(updated('RC7620'));
	});

	test.for([
		['Sahara', 'usb', 'loader', 'RC7620', [spk]],
		['Sahara', 'tty', 'loader', 'RC7620', [spk]],
		['QDL', 'usb', 'loader-qdl', 'MC7455', [pair.firmware, pair.settings]],
		['QDL', 'tty', 'loader-qdl', 'MC7455', [pair.firmware, pair.settings]],
	] as const)('a %s loader over %s', async ([, over, scenario, model, files]) => {
		const modem = await meet(scenario, shortCommit, speed);
		const run = await flash(model, ...files, '--over', over);
		const opened = { usb: /opened usb:1-1:1\.0/, tty: /opened \/dev\/ttyUSB0/ };
		expect(run.said.join('\n')).toMatch(opened[over]);
		expect(modem.release.firmware).toBe(updated(model));
	});

	test('a loader that was taken from its driver, and refuses, gets it back', async () => {
		await meet('loader', shortCommit, speed);
		await until(() => existsSync('/dev/ttyUSB0'), 'the loader has its tty');
		const refused = ['--override', 'product', '--yes-flash', 'RC7620', '--settle', '5'];
		const run = modemscope('flash', pair.firmware, ...refused);
		expect(await run.exit).not.toBe(0);
		expect(run.said.join('\n')).toMatch(/opened usb:1-1:1\.0/);
		await until(() => existsSync('/dev/ttyUSB0'), 'its tty is back');
	});

	test('a loader whose last block is followed by a NAK', async () => {
		await meet('loader', shortCommit, speed);
		const run = await flash('RC7620', spk, '--json');
		const heard = run.events.map(({ dir, hex }) => (dir === 'in' ? String(hex) : ''));
		const text = Buffer.from(heard.join(''), 'hex').toString('latin1');
		expect(text).toMatch(/XML not formed correctly.*NAK/s);
	});

	test('a modem that comes back under another name', async () => {
		await meet('healthy', { ...shortCommit, waitsForDownload: 240 }, speed);
		await until(() => existsSync('/dev/ttyUSB0'), 'the DIAG port is there');
		// Whoever keeps a tty open over an unplug keeps its name from the next one.
		program('sh', '-c', 'exec sleep 300 </dev/ttyUSB0');
		const run = await flash('RC7620', spk, '--over', 'tty');
		expect(run.said.join('\n')).toMatch(/opened \/dev\/ttyUSB[1-9]/);
	});
});
