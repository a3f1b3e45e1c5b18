/**
 * The terminal as a stream that never blocks the process: Node writes to a terminal synchronously,
 * so over a slow SSH link every frame would hold up the serial port. Here the terminal takes what it
 * can, the rest waits, and whoever draws asks `isBusy` first: frames are left out, data never.
 */
import { closeSync, constants, openSync, write, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WriteStream } from 'node:tty';
import { TerminalModes } from './modes.ts';

/** Milliseconds to wait when the terminal takes nothing at this moment. */
const patience = 10;
/** Bytes that the kernel and the link hold back when a terminal falls behind, by experience. */
const heldBack = 4096;
/** Milliseconds that the end of the process may take to give the terminal back. */
const lastWords = 300;
/** Milliseconds without a byte taken after which a terminal is given up. */
const stuckAfter = 2000;
/** Sequences that draw nothing are shorter; a frame is longer, or is drawn anew anyway. */
const longestSequence = 64;
/** Ink goes over each unchanged row with a sequence of its own. */
const nextLines = /(?:\u001b\[E){2,}/g;

export class TerminalOutput extends Writable {
	readonly isTTY = true;
	/** While true, frames are dropped; sequences that change the terminal still pass. */
	dropsFrames = false;
	columns: number;
	rows: number;
	readonly #terminal: WriteStream & { fd: number };
	readonly #fd: number;
	readonly #modes = new TerminalModes();
	#sizeIsOld = false;
	#isResting = false;
	#behindSince: number | undefined;
	/** Bytes taken since the terminal fell behind, and ever. */
	#taken = 0;
	#sent = 0;

	constructor(terminal: WriteStream & { fd: number }) {
		super({ decodeStrings: true });
		this.#terminal = terminal;
		this.#fd = openUnblocked(terminal.fd);
		this.columns = terminal.columns;
		this.rows = terminal.rows;
		terminal.on('resize', this.refresh);
		process.on('SIGWINCH', this.refresh);
		process.on('exit', this.#exiting);
	}

	/** The terminal has not taken all yet. */
	get isBusy(): boolean {
		return this.writableLength > 0 || this.#sizeIsOld;
	}

	/** A slow link still carries the last frames: what nobody pressed a key for can wait. */
	get isResting(): boolean {
		return this.isBusy || this.#isResting;
	}

	/** The modes that are on, switched off, for a shell that takes the terminal; and on again. */
	get modesOff(): string {
		return this.#modes.off;
	}
	get modesOn(): string {
		return this.#modes.on;
	}

	override write(chunk: string | Buffer, ...rest: unknown[]): boolean {
		if (!this.dropsFrames || isSequence(chunk)) return this.#write(shorten(chunk), ...rest);
		const done = rest.find((last) => typeof last === 'function');
		if (done) queueMicrotask(() => done());
		return true;
	}
	readonly #write = super.write.bind(this) as (...given: unknown[]) => boolean;

	/** Resolves when the terminal has taken all that was written so far. */
	flushed(): Promise<void> {
		return new Promise((resolve) => this.write('', () => resolve()));
	}

	/** Tells of the size once more, as soon as the terminal has taken all: whoever draws draws all of it. */
	readonly refresh = (): void => {
		this.#sizeIsOld = true;
		setImmediate(this.#takeSize);
	};

	/** Ends when the terminal has taken all, or has taken nothing for a while. */
	async finish(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.once('close', resolve));
		this.end();
		for (let before = -1; before !== this.#sent && !this.destroyed; ) {
			before = this.#sent;
			const late = new AbortController();
			await Promise.race([closed, sleep(stuckAfter, undefined, late).catch(() => {})]);
			late.abort();
		}
		if (!this.destroyed) this.#exiting();
	}

	override _write(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error) => void): void {
		this._writev([{ chunk: bytes, encoding }], done);
	}

	override _writev(
		chunks: { chunk: Buffer; encoding: BufferEncoding }[],
		done: (error?: Error) => void,
	): void {
		const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk));
		this.#modes.see(bytes);
		this.#put(bytes, done);
	}

	#put(bytes: Buffer, done: (error?: Error) => void): void {
		if (bytes.length === 0 || this.destroyed) {
			this.#caughtUp();
			done();
			setImmediate(this.#takeSize);
			return;
		}
		this.#offer(bytes, (error, written = 0) => {
			if (error && error.code !== 'EAGAIN') return done(error);
			if (error) this.#behindSince ??= performance.now();
			if (this.#behindSince !== undefined) this.#taken += written;
			this.#sent += written;
			const rest = bytes.subarray(written);
			if (error) setTimeout(() => this.#put(rest, done), patience);
			else this.#put(rest, done);
		});
	}

	/** At once where that cannot block: another thread takes its time, and the rest of the start is before it. */
	#offer(
		bytes: Buffer,
		done: (error: NodeJS.ErrnoException | null, written?: number) => void,
	): void {
		if (this.#fd === this.#terminal.fd) {
			write(this.#fd, bytes, done);
			return;
		}
		let written: number;
		try {
			written = writeSync(this.#fd, bytes);
		} catch (error) {
			done(error as NodeJS.ErrnoException);
			return;
		}
		done(null, written);
	}

	/** After a jam the link is given the time that it needs for what it holds, at the pace it has shown. */
	#caughtUp(): void {
		if (this.#behindSince === undefined) return;
		const pace = this.#taken / Math.max(1, performance.now() - this.#behindSince);
		this.#behindSince = undefined;
		this.#taken = 0;
		this.#isResting = true;
		const rest = Math.min(3000, heldBack / Math.max(pace, 0.1));
		setTimeout(() => {
			this.#isResting = false;
		}, rest).unref();
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#terminal.off('resize', this.refresh);
		process.off('SIGWINCH', this.refresh);
		process.off('exit', this.#exiting);
		if (this.#fd !== this.#terminal.fd) closeSync(this.#fd);
		done(error);
	}

	/** A storm of new sizes is one for a terminal that is still busy with the last frame. */
	readonly #takeSize = () => {
		if (!this.#sizeIsOld || this.writableLength > 0 || this.destroyed) return;
		this.#sizeIsOld = false;
		this.columns = this.#terminal.columns;
		this.rows = this.#terminal.rows;
		this.emit('resize');
	};

	/** Nobody waits for the stream any more; the terminal is given back all the same. */
	readonly #exiting = () => {
		const bytes = Buffer.from(this.#modes.off);
		const end = performance.now() + lastWords;
		for (let sent = 0; sent < bytes.length && performance.now() < end; ) {
			try {
				sent += writeSync(this.#fd, bytes, sent);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') break;
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
			}
		}
		// Ink would draw once more, now on the shell's screen.
		this.destroy();
	};
}

const shorten = (chunk: string | Buffer) =>
	typeof chunk === 'string'
		? chunk.replace(nextLines, ({ length }) => `\u001b[${length / 3}E`)
		: chunk;

/** The clipboard and the like pass at any length. */
const isSequence = (chunk: string | Buffer) =>
	chunk.length < longestSequence || chunk.toString('latin1', 0, 2) === '\u001b]';

/** The same terminal, opened once more, so that no write can hang; as it is where that is not allowed. */
function openUnblocked(fd: number): number {
	const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
	try {
		return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	} catch {
		return fd;
	}
}
