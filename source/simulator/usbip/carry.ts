import type { Socket } from 'node:net';
import { ByteQueue } from './byte-queue.ts';
import type { Gadget } from './gadget.ts';
import { BrokenProtocol } from './protocol.ts';
import { UrbStream } from './urb-stream.ts';

/** Hands what a socket brings to `read`; a broken protocol ends the connection and is told. */
export function readSocket(
	socket: Socket,
	read: (bytes: ByteQueue) => void,
	broken: (why: string) => void,
): void {
	const bytes = new ByteQueue();
	socket.setNoDelay(true);
	// A broken pipe closes too, and that is what counts.
	socket.on('error', () => {});
	socket.on('drain', () => socket.resume());
	socket.on('data', (piece: Buffer) => {
		bytes.push(piece);
		// Many answers leave in one go.
		socket.cork();
		try {
			read(bytes);
		} catch (error) {
			if (!(error instanceof BrokenProtocol)) throw error;
			broken(error.message);
			socket.destroy();
		}
		socket.uncork();
		// Who asks and does not listen shall wait.
		if (socket.writableNeedDrain) socket.pause();
	});
}

/** Carries a host's transfers over a socket until that closes; then the device is unconfigured. */
export function carryUrbs(socket: Socket, gadget: Gadget): (bytes: ByteQueue) => void {
	let urbs: UrbStream | undefined;
	socket.once('close', () => {
		urbs?.end();
		gadget.configure(0);
	});
	return (bytes) => {
		urbs ??= new UrbStream(bytes, gadget, (header, data) => {
			// One segment, and no copy.
			socket.cork();
			socket.write(header);
			if (data) socket.write(data);
			socket.uncork();
		});
		urbs.read();
	};
}
