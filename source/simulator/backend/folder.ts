import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import type { Backend, PortHandler } from '../device/backend.ts';
import { addDevice, addRootHub, removeDevice } from './sysfs-tree.ts';

/** What a socket's path may have, bytes (unix(7): sun_path, less its NUL). */
const longestPath = 107;
/** Wall milliseconds that a new opener waits for the old one to be gone, who may have just closed. */
const grace = 100;

/**
 * Shows the modem in a folder, to any process that reads it as a host: `sys` is its sysfs, and the
 * nodes in `dev` are sockets. Throws a Problem when the folder's name is too long for those.
 */
export function createFolderBackend(folder: string): Backend {
	const sysfs = join(folder, 'sys');
	const dev = join(folder, 'dev');
	const room = longestPath - Buffer.byteLength(join(dev, 'cdc-wdm0'));
	if (room < 0) {
		throw new Problem(
			exitCode.usage,
			`The folder ${folder} has a name that is ${-room} bytes too long for the sockets in it.`,
			{ next: 'name a shorter one.' },
		);
	}
	addRootHub(sysfs);
	mkdirSync(dev, { recursive: true });
	let plugged: { device: UsbDevice; nodes: Node[] } | undefined;
	return {
		plug: async (device, ports) => {
			if (!existsSync(dev)) throw takenAway(folder);
			const nodes = device.interfaces.flatMap(({ number, nodes }) =>
				nodes
					.filter(isNode)
					.map((name) => createNode(join(dev, name), ports.get(number) ?? hangUp)),
			);
			await Promise.all(nodes.map(({ ready }) => ready));
			addDevice(sysfs, device);
			plugged = { device, nodes };
		},
		unplug: async () => {
			if (!plugged) return;
			const { device, nodes } = plugged;
			plugged = undefined;
			const isThere = existsSync(dev);
			if (isThere) removeDevice(sysfs, device);
			// Those that listen would keep this process alive.
			for (const node of nodes) node.remove();
			if (!isThere) throw takenAway(folder);
		},
	};
}

const takenAway = (folder: string) =>
	new Problem(exitCode.failed, `The folder ${folder} is gone, and the simulated modem with it.`, {
		next: 'start another one.',
	});

/** Network interfaces are no files under /dev. */
const isNode = (name: string) => !name.startsWith('wwan');
const hangUp: PortHandler = (opening) => opening.destroy();

type Node = { ready: Promise<void>; remove(): void };

function createNode(path: string, open: PortHandler): Node {
	const sockets = new Set<Socket>();
	let holder: Socket | undefined;
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
		void letIn(socket);
	});
	const letIn = async (socket: Socket) => {
		if (holder && !holder.destroyed) await closed(holder, grace);
		if (socket.destroyed) return;
		if (holder && !holder.destroyed) return socket.destroy();
		holder = socket;
		open(socket);
	};
	return {
		ready: new Promise((resolve, reject) => {
			server.once('error', reject).listen(path, resolve);
		}),
		remove: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
			rmSync(path, { force: true });
		},
	};
}

function closed(socket: Socket, milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, milliseconds);
		socket.once('close', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
