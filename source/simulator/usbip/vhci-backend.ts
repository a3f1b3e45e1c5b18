import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { exitCode, Problem } from '../../problem.ts';
import type { Backend } from '../device/backend.ts';
import { isSuperSpeed } from '../device/descriptors.ts';
import type { Logger } from '../device/logger.ts';
import { carryUrbs, readSocket } from './carry.ts';
import { Gadget } from './gadget.ts';
import { speedCode } from './server-backend.ts';
import { socketPair } from './socket-pair.ts';
import { attach, detach, type Hub, isKnown, portsOf, requireVhci, vhciFolder } from './vhci.ts';

/**
 * Wall milliseconds that the kernel may take to let go of the last life, and between two looks: a driver
 * gives a request up after five seconds.
 */
const patience = 30_000;
const lookEvery = 5;
const bus = 1;

/**
 * Plugs the modem into this machine, straight into the kernel's virtual host controller, in every
 * life into the same connector. Throws a Problem when that is not there, or not for this user.
 */
export function createVhciBackend(log: Logger, folder = vhciFolder): Backend {
	requireVhci(folder);
	let connector: number | undefined;
	let plugged: { socket: Socket; gadget: Gadget; port: number } | undefined;
	return {
		plug: async (device, ports) => {
			connector ??= portsOf(folder, 'hs').findIndex(({ isFree }) => isFree);
			if (connector < 0) {
				connector = undefined;
				throw new Problem(
					exitCode.noAccess,
					'Every port of the virtual host controller is in use.',
					{
						next: '"usbip port" lists them; free one with "usbip detach -p PORT".',
					},
				);
			}
			const hub = isSuperSpeed(device) ? 'ss' : 'hs';
			const port = await untilFree(folder, hub, connector);
			const gadget = new Gadget(device, ports);
			const { near, handOver } = await socketPair();
			readSocket(near, carryUrbs(near, gadget), (why) => log(`the kernel broke USB/IP: ${why}`));
			const deviceId = (bus << 16) | ((device.number ?? 1) & 0xffff);
			const at = { port, deviceId, speed: speedCode(device) };
			try {
				handOver((fd) => attach(folder, { ...at, fd }));
			} catch (error) {
				near.destroy();
				throw error;
			}
			plugged = { socket: near, gadget, port };
		},
		unplug: async () => {
			if (!plugged) return;
			const { socket, gadget, port } = plugged;
			plugged = undefined;
			detach(folder, port);
			socket.destroy();
			gadget.configure(0);
		},
	};
}

async function untilFree(folder: string, hub: Hub, connector: number): Promise<number> {
	for (let waited = 0; ; waited += lookEvery) {
		const found = portsOf(folder, hub)[connector];
		if (found?.isFree && !isKnown(folder, connector)) return found.port;
		if (waited >= patience) {
			const port = found?.port ?? connector;
			throw new Problem(exitCode.noAccess, `Port ${port} of the virtual host controller is held.`, {
				next: `free it with "usbip detach -p ${port}".`,
			});
		}
		await wait(lookEvery);
	}
}
