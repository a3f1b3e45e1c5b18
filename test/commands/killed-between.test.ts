import { describe, expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { meetInFolder, smallFirehosePair, smallPair, speed } from '../flash/rehearse.ts';
import { ended, pidOfFlash, programOn, until } from './rehearse.ts';

/** Modem seconds between two files in which the process is killed. */
const restSeconds = 28;

/** Kills the flash of two files, without warning, when the first one was accepted. */
async function killedBetween(scenario: string) {
	const { host, modem, folder } = await meetInFolder(scenario, { restSeconds });
	const pair = await (scenario === 'loader' ? smallFirehosePair : smallPair)();
	const paths = pair.map(({ path }) => path);
	await signRehearsal(folder, { pid: process.pid, scenario, speed, image: paths[0]! });
	const program = programOn(folder);
	const model = scenario === 'loader' ? 'RC7620' : 'MC7455';
	const { start, run, says, state } = program;
	const end = ended(start('flash', ...paths, '--yes-flash', model, '--rehearsal', folder));
	await until(() => says('"detail":"the modem accepted'));
	process.kill(pidOfFlash(state), 'SIGKILL');
	const first = await end;
	await host.clock.sleep(restSeconds);
	const status = (await run('flash', '--status')).out;
	const goOn = (...more: string[]) =>
		run('flash', '--continue', '--yes-flash', model, '--settle', '5', ...more);
	return { modem, first, status, goOn, run };
}

describe.each([
	['Firehose', 'loader', { firmware: '00.08.24.02', carrier: 'TELCO' }],
	['QDL', 'loader-qdl', { firmware: '02.33.03.00', config: '002.072_000' }],
] as const)('a flash over %s that was killed between two files', (_, scenario, release) => {
	it('goes on with the second one in the session that still runs', async () => {
		const { modem, first, status, goOn, run } = await killedBetween(scenario);
		expect(first.exit).toBe(exitCode.failedDuringWrite);
		expect(first.err).toContain('1 of 2 files are written and accepted');
		expect(status).toContain('To go on: the files that the modem has not accepted yet');
		const next = await goOn();
		expect(next.out).toMatch(/only small\.nvu is written/);
		expect(next.out).toContain('file 2 of 2: small.nvu');
		expect(next.out).not.toContain('file 1 of 2');
		expect(next.exit).toBe(exitCode.done);
		expect(modem.release).toMatchObject(release);
		expect((await run('flash', '--status')).out).not.toContain('unfinished');
	});

	it('plans all of it from the start with a loader that was restarted since', async () => {
		const { modem, goOn, run } = await killedBetween(scenario);
		modem.powerCycle({ strapLow: true });
		await run('watch', '--for', '30');
		const status = (await run('flash', '--status')).out;
		expect(status).toContain('At 3-1 the boot loader holds now.');
		expect(status).toContain('To go on: the file is written from its start.');
		const next = await goOn('--dry-run');
		expect(next.out).toContain('This one starts from the beginning');
		expect(next.exit).toBe(exitCode.done);
	});
});
