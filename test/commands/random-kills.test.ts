/** Kills without warning, at moments drawn with a fixed seed: none leaves a modem that needs a power cycle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { createJitter } from '../../source/simulator/device/jitter.ts';
import { meetInFolder, smallFirehosePair, smallPair, speed } from '../flash/rehearse.ts';
import { ended, pidOfFlash, programOn, until } from './rehearse.ts';

const kills = process.env.MODEMSCOPE_FULL === '1' ? 200 : 8;

const modems = [
	['Firehose', 'loader', 'RC7620', '00.08.24.02', smallFirehosePair],
	['Firehose, HELLO missed', 'stuck', 'RC7620', '00.08.24.02', smallFirehosePair],
	['QDL', 'loader-qdl', 'MC7455', '02.33.03.00', smallPair],
	['an application', 'healthy', 'RC7620', '00.08.24.02', smallFirehosePair],
] as const;
const phases = ['connect', 'sahara', 'configure', 'write', 'write', 'commit', 'reboot', 'check'];
/** A loader that speaks QDL has no Sahara. */
const phasesOf = ([protocol]: (typeof modems)[number]) =>
	phases.filter((phase) => phase !== 'sahara' || protocol !== 'QDL');
const victims = ['the job', 'the console', 'both'] as const;

const draw = createJitter(20_231);
const oneOf = <T>(all: readonly T[]): T => all[Math.floor(draw(0, all.length))]!;
const cases = Array.from({ length: kills }, (_, number) => ({
	number,
	modem: modems[number % modems.length]!,
	phase: oneOf(phasesOf(modems[number % modems.length]!)),
	victim: oneOf(victims),
	/** Wall milliseconds after the phase began. */
	later: Math.floor(draw(0, 400)),
	/** Whether the flash that goes on is killed too. */
	again: draw(0, 1) < 0.3,
}));

describe(`of ${kills} kills each is recovered by flash --continue`, () => {
	test.for(cases)(
		'$number: $victim, $later ms into $phase, over $modem.0, again: $again',
		async ({ modem: [, scenario, model, firmware, filesFor], phase, victim, later, again }) => {
			const slow = { bytesPerSecond: 200_000, waitsForDownload: 60 };
			const { modem, folder } = await meetInFolder(scenario, slow);
			const paths = (await filesFor()).map(({ path }) => path);
			await signRehearsal(folder, { pid: process.pid, scenario, speed, image: paths[0]! });
			const { start, run, state } = programOn(folder);
			const recordings = join(state, 'modemscope/recordings');
			/** How often a flash of this state has begun the phase. */
			const begun = () =>
				(existsSync(recordings) ? readdirSync(recordings) : [])
					.map((name) => readFileSync(join(recordings, name), 'utf8'))
					.join('')
					.split(`"phase":"${phase}","state":"running"`).length;

			/** Starts it and kills in its phase, if it comes to that. */
			const killed = async (who: (typeof victims)[number], ...args: string[]) => {
				const before = begun();
				const console = start(...args, '--rehearsal', folder);
				let over = false;
				const end = ended(console).finally(() => {
					over = true;
				});
				await until(() => over || begun() > before, 60);
				await wait(later);
				// It ended by itself before.
				if (over) return (await end).out;
				if (who !== 'the console') killFlash(state);
				if (who !== 'the job') console.kill('SIGKILL');
				await end;
				return undefined;
			};
			const goOn = ['flash', '--continue', '--yes-flash', model, '--settle', '2'];

			const flash = ['flash', ...paths, '--yes-flash', model, '--settle', '2'];
			const early = await killed(victim, ...flash);
			// Without its console it goes on.
			await until(() => runningFlash(state) === undefined, 60);
			if (again) await killed('the job', ...goOn);
			let { exit, out, err } = await run(...goOn);
			// At this speed a busy machine lets a loader wait too long: that flash is gone on with too.
			if (exit !== 0 && modem.release.firmware !== firmware) {
				const isOver = /No flash was left unfinished/.test(err);
				if (isOver) expect(early).toContain('Nothing was written');
				({ exit, out, err } = await run(...(isOver ? flash : goOn)));
			}
			if (!/No flash was left unfinished/.test(err)) expect(exit, `${out}\n${err}`).toBe(0);
			expect(modem.release.firmware).toBe(firmware);
			expect(modem.starts).toBe(true);
		},
	);
});

/** The process of the flash that runs; undefined when none does. */
function runningFlash(state: string): number | undefined {
	try {
		const pid = pidOfFlash(state);
		process.kill(pid, 0);
		return pid;
	} catch {
		// It has no record yet, or is gone.
		return undefined;
	}
}

function killFlash(state: string): void {
	const pid = runningFlash(state);
	if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
