import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { meetInFolder, smallFirmware, speed } from '../flash/rehearse.ts';
import { newFolder } from './program.ts';
import { ended, pidOfFlash, programOn, until } from './rehearse.ts';

/** A module that sets the clock of the wall back by a day when a process has run for two seconds. */
function clockSetBack(): string {
	const hook = join(newFolder(), 'hook.cjs');
	const script = `
		const Now = Date;
		const back = () => (performance.now() > 2000 ? 86_400_000 : 0);
		globalThis.Date = class extends Now {
			constructor(...given) {
				given.length === 0 ? super(Now.now() - back()) : super(...given);
			}
			static now() {
				return Now.now() - back();
			}
		};
	`;
	writeFileSync(hook, script);
	return hook;
}

it('ends well where its process is stopped for a minute and the clock is set back', async () => {
	const scenario = 'loader';
	const { host, folder, modem } = await meetInFolder(scenario, { bytesPerSecond: 200_000 });
	const { path } = await smallFirmware(folder);
	await signRehearsal(folder, { pid: process.pid, scenario, speed, image: path });
	const { start, state, says } = programOn(folder);
	vi.stubEnv('NODE_OPTIONS', `--require ${clockSetBack()}`);
	onTestFinished(() => void vi.unstubAllEnvs());
	const flash = ['flash', path, '--yes-flash', 'RC7620', '--settle', '2', '--rehearsal', folder];
	const end = ended(start(...flash));
	await until(() => says('"type":"payload"'), 50);
	const pid = pidOfFlash(state);
	process.kill(pid, 'SIGSTOP');
	await host.clock.sleep(60);
	process.kill(pid, 'SIGCONT');
	const { exit, out, err } = await end;
	expect(exit, `${out}\n${err}`).toBe(exitCode.done);
	expect(modem.release.firmware).toBe('00.08.24.02');
	const recordings = join(state, 'modemscope/recordings');
	const [name] = readdirSync(recordings);
	const [, ...events] = readFileSync(join(recordings, name!), 'utf8').trim().split('\n');
	const flashed = events.map((line) => JSON.parse(line)).filter(({ source }) => source === 'flash');
	expect(flashed.at(-1)).toMatchObject({ type: 'flash-ended' });
	const times = flashed.map(({ t }) => t);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
});
