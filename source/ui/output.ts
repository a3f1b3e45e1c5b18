/**
 * The terminal as a stream that never blocks the process: Node writes to a terminal synchronously,
 * so over a slow SSH link every frame would hold up the serial port. Here the bytes are written by
 * another thread, and whoever draws asks `isBusy` first.
 */
import { write, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';

/** Milliseconds to wait when the terminal takes nothing at this moment. */
const patience = 10;

export class TerminalOutput extends Writable {
	readonly isTTY = true;
	readonly #terminal: WriteStream & { fd: number };
	#leaving = false;

	constructor(terminal: WriteStream & { fd: number }) {
		super({ decodeStrings: true });
		this.#terminal = terminal;
		terminal.on('resize', this.#resized);
		process.on('exit', this.#exiting);
	}

	get columns(): number {
		return this.#terminal.columns;
	}

	get rows(): number {
		return this.#terminal.rows;
	}

	get isBusy(): boolean {
		return this.writableLength > 0;
	}

	override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
		// At the exit of the process nobody waits for another thread any more.
		if (this.#leaving) {
			writeSync(this.#terminal.fd, bytes);
			done();
			return;
		}
		write(this.#terminal.fd, bytes, (error, written) => {
			if (error && error.code !== 'EAGAIN') return done(error);
			const rest = bytes.subarray(written ?? 0);
			if (rest.length === 0) done();
			else setTimeout(() => this._write(rest, 'buffer' as BufferEncoding, done), patience);
		});
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#terminal.off('resize', this.#resized);
		process.off('exit', this.#exiting);
		done(error);
	}

	readonly #resized = () => this.emit('resize');
	readonly #exiting = () => {
		this.#leaving = true;
	};
}
