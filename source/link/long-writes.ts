import { close, constants, open, write } from 'node:fs';
import { promisify } from 'node:util';

const openNode = promisify(open);
const closeNode = promisify(close);
const writeSome = promisify(write);

/** Bytes that are more than any tty takes at once: what is shorter is written as it has room. */
const long = 16 * 1024;

/** Writes that are in the kernel, of all ports of this process. */
let underWay = 0;

/**
 * Writes a piece whole, in a thread that waits in the kernel until the tty has taken it. That is one
 * turn of the event loop for the piece, and not one for every few KiB of it. The tty is opened once
 * more for it, since whether a write waits belongs to the opening, and a reader must not wait.
 *
 * Nothing but the modem, its unplugging or the end of this process ends such a write: `endIfStuck`.
 */
export class LongWrites {
	#opening: Promise<number> | undefined;
	#isRefused = false;

	/** Whether it is to be written here. */
	wants(bytes: Buffer): boolean {
		return bytes.length >= long && !this.#isRefused;
	}

	/** Resolves with how much was written: 0 where the tty at descriptor `fd` may not be opened again. */
	async write(fd: number, bytes: Buffer): Promise<number> {
		// By what is open, not by its name, which may be another modem's by now.
		const { O_WRONLY, O_NOCTTY } = constants;
		this.#opening ??= openNode(`/proc/self/fd/${fd}`, O_WRONLY | O_NOCTTY);
		const own = await this.#opening.catch(() => undefined);
		if (own === undefined) {
			this.#isRefused = true;
			return 0;
		}
		underWay += 1;
		try {
			// A signal cuts it short.
			for (let done = 0; done < bytes.length; ) {
				done += (await writeSome(own, bytes, done, bytes.length - done, null)).bytesWritten;
			}
			return bytes.length;
		} finally {
			underWay -= 1;
		}
	}

	async close(): Promise<void> {
		const own = await this.#opening?.catch(() => undefined);
		this.#opening = undefined;
		this.#isRefused = true;
		if (own !== undefined) await closeNode(own);
	}
}

/**
 * Ends this process at once where a modem does not take a long write: its thread would be waited for.
 * To be called last, when all that is to be said is on the disk.
 */
export function endIfStuck(): void {
	if (underWay > 0) process.kill(process.pid, 'SIGKILL');
}
