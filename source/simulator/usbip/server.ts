import { createServer, type Server, type Socket } from 'node:net';
import { exitCode, Problem } from '../../problem.ts';
import type { Logger } from '../device/logger.ts';
import type { ByteQueue } from './byte-queue.ts';
import { carryUrbs, readSocket } from './carry.ts';
import type { Gadget } from './gadget.ts';
import {
	busIdLength,
	type Exported,
	imported,
	listed,
	notImported,
	operationLength,
	operations,
	readBusId,
	readOperation,
} from './protocol.ts';

/** Only this machine may attach the modem. */
const loopback = '127.0.0.1';
/** Room for "usbip list" beside the one that has attached. */
const mostClients = 16;

/** What is on offer now. */
export type Offer = { exported: Exported; gadget: Gadget };

export type UsbipServer = {
	readonly port: number;
	/** Puts a device on offer, or none; whoever has attached the last one loses it at once. */
	offer(offer: Offer | undefined): void;
	close(): void;
};

/**
 * Answers `usbip list -r 127.0.0.1` and `usbip attach`. Port 0 takes a free one. Throws a Problem when
 * the port is taken.
 */
export async function serveUsbip(port: number, log: Logger): Promise<UsbipServer> {
	let offered: Offer | undefined;
	let holder: Socket | undefined;
	const clients = new Set<Socket>();

	const welcome = (socket: Socket) => {
		clients.add(socket);
		socket.once('close', () => {
			clients.delete(socket);
			if (holder === socket) holder = undefined;
		});
		let operation: number | undefined;
		let carry: ((bytes: ByteQueue) => void) | undefined;
		const greet = (bytes: ByteQueue) => {
			operation ??= maybe(bytes.take(operationLength), readOperation);
			if (operation === operations.list) {
				socket.end(listed(offered ? [offered.exported] : []));
				return;
			}
			const busId = operation && maybe(bytes.take(busIdLength), readBusId);
			if (busId === undefined) return;
			if (offered?.exported.busId !== busId || holder) {
				socket.end(notImported());
				return;
			}
			holder = socket;
			log('a host attached it');
			socket.once('close', () => log('the host is gone'));
			socket.write(imported(offered.exported));
			carry = carryUrbs(socket, offered.gadget);
		};
		readSocket(
			socket,
			(bytes) => {
				if (!carry && !socket.writableEnded) greet(bytes);
				carry?.(bytes);
			},
			(why) => log(`a USB/IP client was hung up on: ${why}`),
		);
	};

	const server = createServer(welcome);
	server.maxConnections = mostClients;
	await listen(server, port);
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : port,
		offer: (offer) => {
			holder?.destroy();
			holder = undefined;
			offered = offer;
		},
		close: () => {
			server.close();
			for (const client of clients) client.destroy();
		},
	};
}

const maybe = <T>(bytes: Buffer | undefined, read: (bytes: Buffer) => T): T | undefined =>
	bytes && read(bytes);

function listen(server: Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) => {
			const why = cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be used: ${cause.message}`;
			reject(
				new Problem(exitCode.noAccess, `Port ${port} of this machine ${why}.`, {
					next: 'give another one to --usbip-port.',
					cause,
				}),
			);
		});
		server.listen(port, loopback, resolve);
	});
}
