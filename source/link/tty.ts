import type { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SerialPort } from 'serialport';

import { hedgedOpen } from './hedged-open.ts';
import { LongWrites } from './long-writes.ts';

/** What serialport's port on Linux has besides its promises (bindings-cpp, linux.ts). */
type Descriptor = {
	readonly fd: number | null;
	readonly poller: Pick<EventEmitter, 'once' | 'removeListener'>;
};
type Done = (error: Error | null) => void;

/**
 * Wall milliseconds after which a full tty is tried again. It says that it is writable when all that
 * it holds is sent (n_tty_poll), and the line would rest until we had heard of that.
 */
const refillAfter = 4;

/** Wall milliseconds of a break: POSIX, tcsendbreak. */
const breakTime = 250;

class Tty extends SerialPort {
	/** Where this process may wait in the kernel. */
	longWrites: LongWrites | undefined;

	async sendBreak(): Promise<void> {
		await this.#setBreak(true);
		await sleep(breakTime);
		await this.#setBreak(false);
	}

	#setBreak(brk: boolean): Promise<void> {
		return new Promise((resolve, reject) => {
			this.set({ brk }, (error) => (error ? reject(error) : resolve()));
		});
	}

	/** Lets go of the node when it is destroyed; serialport 13 keeps it open and locked. */
	override _destroy(error: Error | null, done: Done): void {
		const finish = () => {
			if (this.isOpen) this.close(() => done(error));
			else done(error);
		};
		if (this.longWrites) void this.longWrites.close().finally(finish);
		else finish();
	}

	/**
	 * Gives the tty what it has room for, again and again; a tty of ours never blocks. serialport
	 * goes to another thread twice for each piece, 16 KiB at most on USB, and then waits until all
	 * of it is sent. What fails is left to it.
	 */
	override _write(bytes: Buffer, encoding: BufferEncoding, done: Done): void {
		const port = this.port as Descriptor | undefined;
		if (this.isOpen && port?.fd && this.longWrites?.wants(bytes)) {
			this.longWrites.write(port.fd, bytes).then((written) => {
				if (written < bytes.length) this._write(bytes, encoding, done);
				else done(null);
			}, done);
			return;
		}
		const taken = this.isOpen && port?.fd ? roomFor(port.fd, bytes) : undefined;
		const rest = bytes.subarray(taken ?? 0);
		if (rest.length === 0) done(null);
		else if (port && taken !== undefined) {
			untilRoom(port, (canceled) => {
				if (canceled) done(canceled);
				else this._write(rest, encoding, done);
			});
		} else super._write(rest, encoding, done);
	}
}

function untilRoom({ poller }: Descriptor, then: (canceled: Error | undefined) => void): void {
	const wake = (error?: (Error & { canceled?: boolean }) | null) => {
		clearTimeout(timer);
		poller.removeListener('writable', wake);
		then(error?.canceled ? error : undefined);
	};
	const timer = setTimeout(wake, refillAfter);
	poller.once('writable', wake);
}

/** Bytes that the tty took; undefined where it cannot take any. */
function roomFor(fd: number, bytes: Buffer): number | undefined {
	try {
		return writeSync(fd, bytes);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : undefined;
	}
}

export type TtyOptions = {
	/** A late open is not waited for (hedged-open.ts). */
	readonly inHurry?: boolean;
	/** Long writes wait in the kernel: this process ends by `endIfStuck` (long-writes.ts). */
	readonly longWrites?: boolean;
};

/** Opens a tty, raw and exclusive. */
export async function openTty(
	path: string,
	{ inHurry = false, longWrites = false }: TtyOptions,
): Promise<Tty> {
	const open = () => openOnce(path);
	const port = inHurry ? await hedgedOpen(open, (late) => late.close(() => {})) : await open();
	if (longWrites) port.longWrites = new LongWrites();
	return port;
}

async function openOnce(path: string): Promise<Tty> {
	// The speed means nothing on USB. It is one that termios has no name for, because with those that
	// it has serialport 13 flushes what has come since the opening (setBaudRate in its
	// serialport_unix.cpp): a Sierra loader's HELLO, which is said once.
	const port = new Tty({
		path,
		baudRate: 115_201,
		autoOpen: false,
		hupcl: false,
		lock: true,
	});
	await new Promise<void>((resolve, reject) => {
		port.open((error) => (error ? reject(error) : resolve()));
	});
	return port;
}
