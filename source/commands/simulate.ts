import { rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createClock } from '../clock.ts';
import { rehearsalImage } from '../firmware/rehearsal-image.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { createFolderFace } from '../simulator/folder-face.ts';
import { unneeded } from '../simulator/lease.ts';
import { clearFolder, imageIn, signRehearsal, takeFolder } from '../simulator/rehearsal.ts';
import { findScenario } from '../simulator/scenarios.ts';
import { VirtualModem } from '../simulator/virtual-modem.ts';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a virtual modem in the folder `socket` until a signal ends it; with `lease`, until nobody
 * uses it any more. Then takes away what it made there.
 */
export async function simulate(
	scenarioName: string,
	{
		socket,
		speed,
		lease,
		out,
		signal,
	}: {
		socket: string;
		speed: number;
		lease: boolean;
		out: (line: string) => void;
		signal?: AbortSignal;
	},
): Promise<ExitCode> {
	const scenario = findScenario(scenarioName);
	if (!Number.isFinite(speed) || speed <= 0) {
		throw new Problem(exitCode.usage, `${speed} is not a speed.`, {
			next: 'give how many times as fast as life it shall be: 1, 20, 0.5.',
		});
	}
	const folder = resolve(socket);
	await takeFolder(folder);
	const end = new AbortController();
	const stop = () => end.abort();
	for (const name of endings) process.once(name, stop);
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();

	try {
		const face = createFolderFace(folder);
		const image = imageIn(folder);
		await rehearsalImage(image);
		const clock = createClock(speed);
		const tell = (what: string) => out(`${clock.now().toFixed(1).padStart(8)} s  ${what}`);
		const modem = new VirtualModem({ scenario, clock, face, tell, seed: process.pid });
		out(`${scenario.name}: ${scenario.says}`);
		await modem.start();
		await signRehearsal(folder, { pid: process.pid, scenario: scenario.name, speed, image });
		out(`The modem is in ${folder}.`);
		await Promise.race([modem.ended, lease ? unneeded(folder, end.signal) : aborted(end.signal)]);
		await modem.stop();
	} finally {
		for (const name of endings) process.off(name, stop);
		signal?.removeEventListener('abort', stop);
		await clearFolder(folder);
		if (lease) await rmdir(folder).catch(() => {});
	}
	return exitCode.done;
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
