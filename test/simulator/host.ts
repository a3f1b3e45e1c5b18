import { onTestFinished } from 'vitest';
import type { Clock } from '../../source/clock.ts';
import type { UsbDevice } from '../../source/events.ts';
import type { Link } from '../../source/link/link.ts';
import { createInProcessBackend } from '../../source/simulator/backend/in-process.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../source/simulator/modem/virtual-modem.ts';
import { steppingClock } from './stepping-clock.ts';

/** A virtual modem and a host that sees it, in one process. */
export async function meet(
	name: string,
	more: { clock?: Clock; but?: Partial<Scenario>; seed?: number } = {},
) {
	const clock = more.clock ?? steppingClock();
	const backend = createInProcessBackend(clock);
	const told: string[] = [];
	const life: { t: number; device: UsbDevice | undefined }[] = [];
	backend.watch((device) => life.push({ t: clock.now(), device }));
	const scenario = { ...findScenario(name), ...more.but };
	const log = (what: string) => told.push(what);
	const modem = new VirtualModem({ scenario, clock, backend, log, seed: more.seed ?? 1 });
	await modem.start();
	onTestFinished(() => modem.stop());
	return {
		clock,
		backend,
		modem,
		told,
		life,
		/** Waits until a device with so many interfaces is there, or 0 for none. */
		until: (interfaces: number) =>
			new Promise<UsbDevice | undefined>((resolve) => {
				const there = (device: UsbDevice | undefined) => device?.interfaces.length ?? 0;
				if (there(backend.device) === interfaces) return resolve(backend.device);
				const stop = backend.watch((device) => {
					if (there(device) !== interfaces) return;
					stop();
					resolve(device);
				});
			}),
	};
}

/** Everything that comes until `seconds` pass in silence. */
export async function hear(link: Link, seconds = 2): Promise<Buffer> {
	const heard: Buffer[] = [];
	for (;;) {
		const bytes = await link.read(seconds);
		if (!bytes) return Buffer.concat(heard);
		heard.push(bytes);
	}
}

/** Reads until what came contains `sign`. */
export async function hearUntil(link: Link, sign: string, seconds = 2000): Promise<string> {
	let heard = '';
	while (!heard.includes(sign)) {
		const bytes = await link.read(seconds);
		if (!bytes) throw new Error(`"${sign}" did not come, but: ${heard}`);
		heard += bytes.toString('latin1');
	}
	return heard;
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
