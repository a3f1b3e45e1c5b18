import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { bornOf, runningJobs, takeLock } from '../../source/flash/lock.ts';
import { exitCode } from '../../source/problem.ts';
import { locksFolder } from '../../source/recording/places.ts';
import { newFolder } from './rehearse.ts';

const wanted = { path: '3-1', file: 'a.spk', model: 'RC7620', recording: 'r.ndjson' };

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

/** Writes a lock as another process would have left it. */
async function lockOf(pid: number, born: string) {
	const release = await takeLock(wanted);
	const [name] = readdirSync(locksFolder());
	await release();
	writeFileSync(join(locksFolder(), name!), JSON.stringify({ ...wanted, pid, born }));
}

describe('the lock of a modem', () => {
	it('is held by one flash at a time, and names its holder', async () => {
		const release = await takeLock(wanted);
		expect(await runningJobs()).toEqual([
			expect.objectContaining({ pid: process.pid, path: '3-1' }),
		]);
		await expect(takeLock(wanted)).rejects.toMatchObject({
			exit: exitCode.noAccess,
			message: expect.stringContaining(`process ${process.pid}`),
		});
		await release();
		expect(await runningJobs()).toEqual([]);
		await (await takeLock(wanted))();
	});

	it('is another one for another modem, and for a rehearsal at the same path', async () => {
		const releases = [
			await takeLock(wanted),
			await takeLock({ ...wanted, path: '3-2' }),
			await takeLock({ ...wanted, rehearsal: '/tmp/x' }),
		];
		expect(await runningJobs()).toHaveLength(3);
		for (const release of releases) await release();
	});

	it('is taken over from a process that died', async () => {
		const child = spawn('true');
		await new Promise((resolve) => child.on('exit', resolve));
		await lockOf(child.pid!, '1');
		expect(await runningJobs()).toEqual([]);
		await (await takeLock(wanted))();
	});

	it('is not held by another process that was given the same number later', async () => {
		await lockOf(process.pid, '1');
		expect(await bornOf(process.pid)).not.toBe('1');
		await (await takeLock(wanted))();
	});

	it('survives a lock file that is not one', async () => {
		await lockOf(1, '1');
		const [name] = readdirSync(locksFolder());
		writeFileSync(join(locksFolder(), name!), '{"pid":');
		expect(await runningJobs()).toEqual([]);
		await (await takeLock(wanted))();
	});
});
