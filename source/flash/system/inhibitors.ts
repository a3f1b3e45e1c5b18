/** What is inhibited while a modem is flashed: ModemManager, autosuspend, sleep and shutdown. */
import { join } from 'node:path';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { holdersOf } from '../../processes.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import { modemManagerInTheWay } from '../model/outcomes/job.ts';
import { isOverridden, type Plan } from '../model/plan.ts';
import { Autosuspend } from './autosuspend.ts';
import { hasLogind, inhibitSleep } from './inhibit-sleep.ts';
import {
	inhibitCommand,
	inhibitModemManager,
	modemManagerPid,
	modemManagerUid,
} from './modem-manager.ts';

export type Inhibitors = {
	/** To be called with each device that comes at the modem's connector. */
	readonly onDevice: (device: UsbDevice) => void;
	readonly release: () => Promise<void>;
};

/**
 * Keeps other programs and the machine itself from disturbing a flash. Throws a Problem where ModemManager could write into it. What is held
 * ends with this process, however that ends; only autosuspend then stays off until the modem
 * enumerates again. A rehearsed modem is seen by nobody but us.
 */
export async function startInhibitors(host: Host, plan: Plan, emit: Emit): Promise<Inhibitors> {
	const log = (text: string) => emit('flash', { type: 'note', text });
	const autosuspend = new Autosuspend(host);
	const releases: (() => Promise<void>)[] = [
		async () => autosuspend.release(await listDevices(host.sysfs).catch(() => new Map())),
	];
	const release = async () => {
		for (const end of releases.splice(0)) await end();
	};
	const onDevice = (device: UsbDevice) =>
		void autosuspend.hold(device).then((changed) => {
			if (changed) log(`autosuspend of ${device.path} is off while the flash runs`);
		});
	try {
		const held = await inhibitModemManagerFor(host, plan, log);
		if (held) releases.push(held);
		if (host.rehearsal === undefined) {
			const sleep = (await hasLogind()) ? await inhibitSleep() : undefined;
			if (sleep && 'release' in sleep) {
				releases.push(sleep.release);
				log('sleep and shutdown are held off (systemd-inhibit)');
			} else if (sleep) log(`sleep and shutdown are not held off: ${sleep.why}`);
		}
		return { onDevice, release };
	} catch (error) {
		await release();
		throw error;
	}
}

/** Seconds that ModemManager has to close the ports of the modem once it is inhibited. */
const closing = 10;

/** It says that it keeps off before it has closed its ports; who opens one says so if it never does. */
async function waitForFreePorts(host: Host, path: string, pid: number): Promise<void> {
	const faces = (await listDevices(host.sysfs)).get(path)?.interfaces ?? [];
	const nodes = faces.flatMap(({ nodes }) => nodes).filter((node) => node.startsWith('tty'));
	const isHeld = () =>
		nodes.some((node) =>
			holdersOf(host.proc, join(host.dev, node)).holders.some((holder) => holder.pid === pid),
		);
	for (const end = host.clock.now() + closing; isHeld() && host.clock.now() < end; ) {
		await host.clock.sleep(0.1);
	}
}

async function inhibitModemManagerFor(host: Host, plan: Plan, log: (text: string) => void) {
	const pid = modemManagerPid(host);
	if (pid === undefined) return undefined;
	const uid = await modemManagerUid(host, plan.path);
	if (uid === undefined) return undefined;
	const kept = await inhibitModemManager(uid);
	if (kept.state === 'kept off') {
		log(`ModemManager is kept off this modem (${inhibitCommand(uid).join(' ')})`);
		await waitForFreePorts(host, plan.path, pid);
		return kept.release;
	}
	if (kept.state === 'refused') {
		if (!isOverridden(plan, 'modemmanager')) throw modemManagerInTheWay(kept.why);
		log(`ModemManager is not kept off this modem, as asked: ${kept.why}`);
	}
	return undefined;
}
