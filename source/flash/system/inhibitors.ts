/** What is inhibited while a modem is flashed: ModemManager, autosuspend, sleep and shutdown. */
import { join } from 'node:path';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { holdersOf } from '../../processes.ts';
import { peerOf } from '../../usb/scan/peer.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import { modemManagerInTheWay } from '../model/outcomes/job.ts';
import { Autosuspend } from './autosuspend.ts';
import { ignoreLoaderByRule } from './ignore-rule.ts';
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

/** The modem that is left alone, and whether that is needed: it is not where a person set it aside. */
export type Inhibited = { readonly path: string; readonly needed: boolean };

/**
 * Keeps other programs and the machine itself from disturbing a flash. Throws a Problem where
 * ModemManager could write into it though it must not. What is held ends with this process, however that ends; only autosuspend then stays off until the modem
 * enumerates again. A rehearsed modem is seen by nobody but us.
 */
export async function startInhibitors(
	host: Host,
	modem: Inhibited,
	emit: Emit,
	rules?: string,
): Promise<Inhibitors> {
	const log = (text: string) => emit('flash', { type: 'note', text });
	const autosuspend = new Autosuspend(host);
	const releases: (() => Promise<void>)[] = [
		async () => autosuspend.release(await listDevices(host.sysfs)),
	];
	const release = async () => {
		for (const end of releases.splice(0)) await end();
	};
	const modemManager = new ModemManagerHold(host, modem.needed, log, rules);
	const onDevice = (device: UsbDevice) => {
		void autosuspend.hold(device).then((changed) => {
			if (changed) log(`autosuspend of ${device.path} is off while the flash runs`);
		});
		void modemManager.hold(device.path);
	};
	try {
		releases.push(() => modemManager.release());
		await modemManager.demand(modem.path);
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

/**
 * It says that it keeps off before it has closed its ports, and qmi-proxy those that it had for it; who
 * opens one says so if they never do. mbim-proxy keeps its port, and shares it (mbim-proxy.ts).
 */
async function waitForFreePorts(host: Host, path: string, pid: number): Promise<void> {
	const interfaces = (await listDevices(host.sysfs)).get(path)?.interfaces ?? [];
	const nodes = interfaces
		.flatMap(({ nodes }) => nodes)
		.filter((node) => /^(?:tty|cdc-wdm)/.test(node));
	const isHeld = () =>
		nodes.some((node) =>
			holdersOf(host.proc, join(host.dev, node)).holders.some(
				(holder) => holder.pid === pid || holder.name === 'qmi-proxy',
			),
		);
	for (const end = host.clock.now() + closing; isHeld() && host.clock.now() < end; ) {
		await host.clock.sleep(0.1);
	}
}

/** Seconds between two tries for a modem that ModemManager does not know yet, and how many. */
const knowsAfter = 1;
const tries = 3;

/** Holds ModemManager off the modem, under each of the places in sysfs where it comes. */
class ModemManagerHold {
	readonly #host: Host;
	readonly #needed: boolean;
	readonly #log: (text: string) => void;
	readonly #rules: string | undefined;
	/** How to let go of what is held, by ModemManager's name of it, or by the place that a rule is for. */
	readonly #held = new Map<string, () => Promise<void>>();
	readonly #over = new AbortController();
	#last: Promise<unknown> = Promise.resolve();
	#told = false;

	constructor(host: Host, needed: boolean, log: (text: string) => void, rules?: string) {
		this.#host = host;
		this.#needed = needed;
		this.#log = log;
		this.#rules = rules;
	}

	/** Throws a Problem where ModemManager could write into the flash, unless that is no harm. */
	async demand(path: string): Promise<void> {
		const pid = modemManagerPid(this.#host);
		if (pid === undefined) return;
		const peer = peerOf(this.#host.sysfs, path);
		if (peer !== undefined) await this.#ignore(peer);
		const kept = await this.#try(path);
		if (kept === 'kept off') await waitForFreePorts(this.#host, path, pid);
		if (typeof kept === 'string') return;
		if (this.#needed) throw modemManagerInTheWay(kept.why);
		this.#log(`ModemManager is not kept off this modem: ${kept.why}`);
	}

	/** The same for a modem that has just come, maybe at its other speed: what fails is told. */
	hold(path: string): Promise<unknown> {
		this.#last = this.#last.then(() => this.#holdNow(path));
		return this.#last;
	}

	async release(): Promise<void> {
		this.#over.abort();
		await this.#last;
		for (const end of this.#held.values()) await end();
	}

	async #holdNow(path: string): Promise<void> {
		const { signal } = this.#over;
		for (let left = tries; left > 0 && !signal.aborted; left--) {
			if (modemManagerPid(this.#host) === undefined) return;
			const kept = await this.#try(path);
			if (kept === 'kept off' || kept === 'gone') return;
			if (kept !== 'not known') return this.#tell(path, kept.why);
			await this.#host.clock.sleep(knowsAfter, signal);
		}
	}

	/** For the loader of a modem at the other USB speed, which ModemManager does not know as the same. */
	async #ignore(peer: string): Promise<void> {
		const kept = await ignoreLoaderByRule(peer, this.#rules);
		if ('why' in kept) return this.#tell(peer, kept.why);
		this.#held.set(peer, kept.release);
		this.#log(
			`ModemManager leaves a loader at ${peer} alone, the same connector at the other speed (a udev rule)`,
		);
	}

	#tell(path: string, why: string): void {
		if (this.#told) return;
		this.#told = true;
		this.#log(
			`ModemManager may write into ${path}: sudo systemctl stop ModemManager (it cannot be kept off: ${why})`,
		);
	}

	async #try(path: string): Promise<'kept off' | 'not known' | 'gone' | { why: string }> {
		const uid = await modemManagerUid(this.#host, path);
		if (uid === undefined) return 'gone';
		if (this.#held.has(uid)) return 'kept off';
		const kept = await inhibitModemManager(uid);
		if (kept.state === 'not known') return 'not known';
		if (kept.state === 'refused') return { why: kept.why };
		this.#held.set(uid, kept.release);
		this.#log(`ModemManager is kept off this modem (${inhibitCommand(uid).join(' ')})`);
		return 'kept off';
	}
}
