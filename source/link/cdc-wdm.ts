import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Duplex } from 'node:stream';

/** The longest message of QMI or MBIM that a modem gives at once, bytes. */
const longest = 65_536;
/** Wall milliseconds between two looks for a message. */
const lookEvery = 10;

/** Whether a node is of the kernel's cdc-wdm (Documentation of drivers/usb/class/cdc-wdm.c). */
export const isCdcWdm = (path: string): boolean => /\/cdc-wdm\d+$/.test(path);

/**
 * A control channel of a modem: every read gives one message, every write takes one. It is no tty, and
 * a read that waited could not be ended, so it is looked at again and again.
 */
export async function openCdcWdm(path: string): Promise<Duplex> {
	const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
	return new CdcWdm(file);
}

const isBusy = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EAGAIN';

class CdcWdm extends Duplex {
	readonly #file: FileHandle;
	#timer: NodeJS.Timeout | undefined;

	constructor(file: FileHandle) {
		super({ emitClose: true });
		this.#file = file;
	}

	override _read(): void {
		this.#timer ??= setInterval(() => void this.#look(), lookEvery);
	}

	#looking = false;
	async #look(): Promise<void> {
		if (this.#looking) return;
		this.#looking = true;
		try {
			const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(longest));
			if (bytesRead > 0) this.push(buffer.subarray(0, bytesRead));
		} catch (error) {
			if (!isBusy(error)) this.destroy(error as Error);
		} finally {
			this.#looking = false;
		}
	}

	override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
		this.#file.write(bytes).then(
			() => done(),
			(error: unknown) => {
				if (isBusy(error)) setTimeout(() => this._write(bytes, _encoding, done), lookEvery);
				else done(error as Error);
			},
		);
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		clearInterval(this.#timer);
		this.#file.close().then(
			() => done(error),
			() => done(error),
		);
	}
}
