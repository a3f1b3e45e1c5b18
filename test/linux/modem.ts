import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../source/simulator/modem/virtual-modem.ts';
import { createVhciBackend } from '../../source/simulator/usbip/vhci-backend.ts';
import { modemscope, type Run } from './run.ts';

/** Where the first port of the virtual host controller is on the bus. */
export const portPath = '1-1';
/** The same connector for USB 3. */
export const peerPath = '2-1';
const folderOf = (path: string) => `/sys/bus/usb/devices/${path}`;
const folder = folderOf(portPath);
const peerFolder = folderOf(peerPath);

/** Plugs a virtual modem into this kernel until the test ends. */
export async function plugIn(scenario: string, ...args: string[]): Promise<Run> {
	await until(() => !existsSync(folder), `the modem of the test before left ${portPath}`);
	const run = modemscope('simulate', scenario, '--usbip', ...args);
	await run.line(/is plugged into this machine/);
	await until(() => existsSync(folder), 'the kernel has enumerated the modem');
	onTestFinished(async () => {
		await run.stop();
		await until(() => !existsSync(folder), `the modem left ${portPath}`);
	});
	return run;
}

/** Modem seconds in one of the wall: a slow guest still comes in time for what waits for it. */
export const speed = 4;
/** Its commit is a second of the wall then. */
export const shortCommit: Partial<Scenario> = { commitSeconds: 4 };

/** Plugs in a modem that no scenario of the program is, and that the test can ask; until the test ends. */
export async function meet(
	name: string,
	but: Partial<Scenario>,
	speed: number,
	log: (what: string) => void = () => {},
): Promise<VirtualModem> {
	await until(() => !existsSync(folder), `the modem of the test before left ${portPath}`);
	const modem = new VirtualModem({
		scenario: { ...findScenario(name), ...but },
		clock: createClock(speed),
		backend: createVhciBackend(() => {}),
		log,
	});
	await modem.start();
	onTestFinished(async () => {
		await modem.stop();
		const gone = () => !existsSync(folder) && !existsSync(peerFolder);
		await until(gone, `the modem left ${portPath}`);
	});
	const is = () => existsSync(folder) || existsSync(peerFolder);
	await until(is, 'the kernel has enumerated the modem');
	return modem;
}

/** Polls what the kernel shows, which tells nobody. */
export async function until(holds: () => boolean, what: string, seconds = 60): Promise<void> {
	for (const end = Date.now() + seconds * 1000; !holds(); await wait(20)) {
		if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`);
	}
}

export const attribute = (name: string): string =>
	readFileSync(`${folder}/${name}`, 'latin1').trim();
