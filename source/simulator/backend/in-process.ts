import { type Duplex, duplexPair } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { UsbDevice } from '../../events.ts';
import { type Link, streamLink } from '../../link/link.ts';
import { exitCode, Problem } from '../../problem.ts';
import type { Backend, Ports } from '../device/backend.ts';

export type InProcessBackend = Backend & {
	/** What is on the bus now. */
	readonly device: UsbDevice | undefined;
	/** Calls `listener` at every coming, and with undefined at every going; returns how to stop. */
	watch(listener: (device: UsbDevice | undefined) => void): () => void;
	/** The host's end of a port; throws a Problem when there is none, or somebody holds it. */
	open(node: string): Link;
};

/** A modem and its host in one process. */
export function createInProcessBackend(clock: Clock): InProcessBackend {
	const listeners = new Set<(device: UsbDevice | undefined) => void>();
	const openings = new Map<string, Duplex>();
	let plugged: { device: UsbDevice; ports: Ports } | undefined;
	const say = () => {
		for (const listener of listeners) listener(plugged?.device);
	};
	return {
		get device() {
			return plugged?.device;
		},
		watch: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		open: (node) => {
			const iface = plugged?.device.interfaces.find(({ nodes }) => nodes.includes(node));
			const handler = iface && plugged?.ports.get(iface.number);
			if (!handler) throw new Problem(exitCode.noDevice, `There is no port ${node}.`);
			if (openings.get(node)?.destroyed === false)
				throw new Problem(exitCode.noAccess, `${node} is held.`);
			const [hostEnd, modemEnd] = duplexPair();
			const link = streamLink(hostEnd, node, clock);
			openings.set(node, hostEnd);
			hostEnd.once('close', () => modemEnd.destroy());
			handler(modemEnd);
			return link;
		},
		plug: async (device, ports) => {
			plugged = { device, ports };
			say();
		},
		unplug: async () => {
			if (!plugged) return;
			plugged = undefined;
			for (const hostEnd of openings.values()) hostEnd.destroy();
			openings.clear();
			say();
		},
	};
}
