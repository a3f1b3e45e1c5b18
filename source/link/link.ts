import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';

/**
 * A pipe of bytes to a modem. The same on a tty, a socket, or in process.
 * After its end every call rejects with `LinkLost`.
 *
 *     openPort ─▶ withWriteTimeout ─▶ recordTraffic ─▶ who speaks a protocol
 */
export type Link = {
	/** The node or address it was opened on. */
	readonly port: string;
	/** Resolves when the other side, or the kernel's buffer, has taken the bytes. */
	write(bytes: Uint8Array): Promise<void>;
	/** The next bytes that came; undefined when `seconds` of the modem's time passed in silence. */
	read(seconds: number, signal?: AbortSignal): Promise<Buffer | undefined>;
	/** Puts bytes back, to be read first: for a reader that took more than was its own. */
	unread(bytes: Uint8Array): void;
	/** Holds the line at zero for a quarter of a second; a tty has it. */
	sendBreak?(): Promise<void>;
	/** Resolves when the port is free to be opened again. */
	close(): Promise<void>;
	/** Settles when the pipe has ended, with the reason when it ended by itself. */
	readonly ended: Promise<string | undefined>;
};

/** The port went away under us: unplugged, reset, or closed by its other side. */
export class LinkLost extends Error {
	override name = 'LinkLost';
	constructor(port: string, why: string) {
		super(`${port} went away (${why})`);
	}
}

/** A `Link` over any duplex stream: a serial port, a socket, one end of a pair. */
export function streamLink(
	stream: Duplex & Pick<Link, 'sendBreak'>,
	port: string,
	clock: Clock,
): Link {
	const arrived: Buffer[] = [];
	const writing = new Set<(lost: LinkLost) => void>();
	let wake: (() => void) | undefined;
	let lost: LinkLost | undefined;
	let finish: (why: string | undefined) => void;
	const ended = new Promise<string | undefined>((resolve) => {
		finish = resolve;
	});
	const end = (why: string | undefined) => {
		if (lost) return;
		lost = new LinkLost(port, why ?? 'closed by us');
		finish(why);
		wake?.();
		for (const reject of writing) reject(lost);
	};
	stream.on('data', (chunk: Buffer) => {
		arrived.push(chunk);
		wake?.();
	});
	stream.on('error', (error) => end(error.message));
	stream.on('end', () => end('the other side ended it'));
	// serialport may say close twice on a pty; end() hears the first only.
	stream.on('close', () => end('unplugged'));

	return {
		port,
		ended,
		...(stream.sendBreak ? { sendBreak: () => stream.sendBreak!() } : {}),
		unread: (bytes) => {
			if (bytes.length > 0) arrived.unshift(Buffer.from(bytes));
		},
		write: (bytes) =>
			new Promise((resolve, reject) => {
				if (lost) return reject(lost);
				writing.add(reject);
				stream.write(bytes, (error) => {
					writing.delete(reject);
					if (error) reject(new LinkLost(port, error.message));
					else resolve();
				});
			}),
		read: async (seconds, signal) => {
			if (arrived.length === 0 && !lost && seconds > 0) {
				const silence = new AbortController();
				const wait = signal ? AbortSignal.any([silence.signal, signal]) : silence.signal;
				// A reason of our own: making the usual one costs more than the read.
				wake = () => silence.abort('came');
				await clock.sleep(seconds, wait);
				wake = undefined;
			}
			if (arrived.length > 0) return Buffer.concat(arrived.splice(0));
			if (lost) throw lost;
			return undefined;
		},
		close: async () => {
			end(undefined);
			if (stream.closed) return;
			const closed = new Promise((resolve) => stream.once('close', resolve));
			stream.destroy();
			await closed;
		},
	};
}
