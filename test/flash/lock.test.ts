import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { lockHolder } from '../../source/flash/job/device-lock.ts';
import { runningJobs, takeLock } from '../../source/flash/job/lock.ts';
import { startTimeOf } from '../../source/flash/job/process-start.ts';
import { updateRecord } from '../../source/flash/job/record.ts';
import { rehearsalHost } from '../../source/host.ts';
import { exitCode } from '../../source/problem.ts';
import { locksFolder } from '../../source/recording/file/places.ts';
import { newFolder } from './rehearse.ts';

/** A folder of its own for each test: its name is in the lock's. */
let rehearsal: string;
const wanted = () => ({ path: '3-1', file: 'a.spk', model: 'RC7620', recording: 'r' });
const host = () => rehearsalHost(rehearsal, 1);
const take = (more: object = {}, peer?: string) => takeLock({ ...wanted(), ...more }, host(), peer);

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
	rehearsal = newFolder();
});

/** Writes a record as another process would have left it. */
async function recordBy(pid: number, startTime: string) {
	const { job, release } = await take();
	await release();
	const [name] = readdirSync(locksFolder());
	writeFileSync(join(locksFolder(), name!), JSON.stringify({ ...job, pid, startTime }));
}

const lockUrl = new URL('../../source/flash/job/lock.ts', import.meta.url).href;

/** A process that takes the lock when it is told to, says what came of it, and holds it. */
function contender() {
	const script = `
		const { takeLock } = await import(${JSON.stringify(lockUrl)});
		console.log('ready');
		process.stdin.once('data', async () => {
			const said = await takeLock(${JSON.stringify(wanted())}, ${JSON.stringify(host())}).then(() => 'taken', (e) => e.message);
			console.log(said);
		});
		setInterval(() => {}, 1000);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const heard = async () => (await lines.next()).value as string;
	return { child, heard, go: () => child.stdin.write('go\n') };
}

describe('the lock of a modem', () => {
	it('is held by one flash at a time, and names its holder', async () => {
		const { release } = await take();
		expect(await runningJobs()).toEqual([
			expect.objectContaining({ pid: process.pid, path: '3-1' }),
		]);
		expect(await lockHolder(host(), '3-1')).toMatchObject({ pid: process.pid });
		await expect(take()).rejects.toMatchObject({
			exit: exitCode.noAccess,
			message: `A flash of RC7620 at 3-1 runs already (process ${process.pid}).`,
		});
		await release();
		expect(await lockHolder(host(), '3-1')).toBeUndefined();
		await (await take()).release();
	});

	it('is another one for another modem, and for a rehearsal at the same path', async () => {
		const taken = [
			await take(),
			await take({ path: '3-2' }),
			await takeLock(wanted(), rehearsalHost('/tmp/x', 1)),
		];
		expect(await runningJobs()).toHaveLength(3);
		for (const { release } of taken) await release();
	});

	it('covers both names of a connector', async () => {
		const { release } = await take({}, '4-1');
		await expect(take({ path: '4-1' }, '3-1')).rejects.toMatchObject({
			message: expect.stringContaining('RC7620 at 3-1'),
		});
		await release();
		await (await take({ path: '4-1' }, '3-1')).release();
	});

	it('holds between users: another state folder changes nothing', async () => {
		const { release } = await take();
		process.env.XDG_STATE_HOME = newFolder();
		expect(await runningJobs()).toEqual([]);
		await expect(take()).rejects.toMatchObject({ exit: exitCode.noAccess });
		await release();
	});

	it('goes to one of many processes that race for it, also over a dead one’s record', async () => {
		await recordBy(process.pid, '1');
		const racers = Array.from({ length: 6 }, contender);
		for (const { heard } of racers) expect(await heard()).toBe('ready');
		for (const { go } of racers) go();
		const said = await Promise.all(racers.map(({ heard }) => heard()));
		const winner = racers[said.indexOf('taken')]!;
		expect(said.filter((line) => line === 'taken')).toHaveLength(1);
		expect(said.filter((line) => line.includes(`(process ${winner.child.pid})`))).toHaveLength(5);
	});

	it('ends with its process, however that ends', async () => {
		const { child, heard, go } = contender();
		await heard();
		go();
		expect(await heard()).toBe('taken');
		expect(await runningJobs()).toHaveLength(1);
		child.kill('SIGKILL');
		await once(child, 'exit');
		expect(await runningJobs()).toEqual([]);
		expect(await lockHolder(host(), '3-1')).toBeUndefined();
		await (await take()).release();
	});

	it('takes no process for a job that was given the job’s number later', async () => {
		await recordBy(process.pid, '1');
		expect(await startTimeOf(process.pid)).not.toBe('1');
		expect(await runningJobs()).toEqual([]);
	});

	it('survives a record that is none', async () => {
		await recordBy(1, '1');
		const [name] = readdirSync(locksFolder());
		writeFileSync(join(locksFolder(), name!), '{"pid":');
		expect(await runningJobs()).toEqual([]);
		await (await take()).release();
	});

	it('keeps a record of one size, so that a full disk still takes how it ended', async () => {
		const { job, release } = await take();
		const read = () => readFileSync(join(locksFolder(), readdirSync(locksFolder())[0]!), 'utf8');
		const before = read().length;
		const ended = { exit: 7, message: 'x'.repeat(100_000), modem: 'm' };
		await updateRecord({ ...job, unrecorded: 'y'.repeat(100_000), ended });
		expect(read()).toHaveLength(before);
		expect(JSON.parse(read())).toMatchObject({ ended: { exit: 7 } });
		await release();
	});
});
