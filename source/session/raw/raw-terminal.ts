/** What a person sees and does on a raw port; where bytes come from and go to is given to it. */
import { closeSync, createReadStream, openSync, statSync, writeSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isoTime } from '../../clock.ts';
import { exitCode, Problem } from '../../problem.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { type Doing, PrefixKeys, type RawKey, rawKeys } from './prefix-keys.ts';
import { RawText } from './raw-text.ts';

export type RawTerminalOptions = {
	/** Sends to the port. Rejects with a Problem when that cannot be. */
	readonly send: (bytes: Uint8Array) => Promise<void>;
	readonly sendBreak: () => Promise<void>;
	/** Text that is safe to show, to the screen. */
	readonly show: (text: string) => void;
	/** A sentence of our own. */
	readonly say: (sentence: string) => void;
	readonly clear: () => void;
	readonly quit: () => void;
	/** The time of now, for a line. */
	readonly time: () => string;
	/** What a log is called that nobody has named. */
	readonly logName: () => string;
};

const [enter, escapeKey, erase, backspace] = [0x0d, 0x1b, 0x7f, 0x08];

export class RawTerminal {
	readonly text: RawText;
	isEchoing = false;
	readonly #options: RawTerminalOptions;
	readonly #keys = new PrefixKeys();
	/** The same without what moves the cursor: every byte stands in the log. */
	readonly #logText: RawText;
	#log: { readonly fd: number; readonly path: string } | undefined;
	/** The name of a file while it is typed. */
	#fileName: string | undefined;
	#sending: AbortController | undefined;
	#sent = 0;
	#received = 0;
	/** What is sent keeps its order. */
	#last: Promise<void> = Promise.resolve();

	constructor(options: RawTerminalOptions) {
		this.#options = options;
		this.text = new RawText(options.time);
		this.#logText = new RawText(options.time, { isTerminal: false });
	}

	came(bytes: Buffer): void {
		this.#received += bytes.length;
		this.#show(bytes, 'in');
	}

	/** Takes what was typed; resolves when it was sent. */
	typed(bytes: Uint8Array): Promise<void> {
		for (const key of this.#keys.take(bytes)) this.#take(key);
		return this.#last;
	}

	/** A sentence of our own, on a line of its own. */
	say(sentence: string): void {
		this.#options.show(this.text.endLine());
		this.#options.say(sentence);
	}

	end(): void {
		this.#sending?.abort();
		this.#options.show(this.text.endLine());
		this.#stopLog();
	}

	startLog(path: string): void {
		const whole = resolve(path);
		this.#log = { fd: openLog(whole), path: whole };
		this.say(`The log goes to ${sanitize(whole)}.`);
	}

	#take(key: RawKey): void {
		if ('send' in key && this.#fileName !== undefined) this.#typeName(key.send);
		else if ('send' in key) this.#send(key.send);
		else if (key.does === 'unknown') this.say('Ctrl-T ? shows what there is.');
		else this.#do[key.does]();
	}

	#send(bytes: Buffer): void {
		this.#inTurn(async () => {
			await this.#options.send(bytes);
			this.#sent += bytes.length;
			if (this.isEchoing || this.text.isHex) this.#show(bytes, 'out');
		});
	}

	readonly #do: Readonly<Record<Doing, () => void>> = {
		help: () => {
			this.say('Ctrl-T, and then:');
			for (const { key, says } of rawKeys) this.#options.say(`  ${key}  ${says}`);
			this.#options.say('  Ctrl-T  sends a Ctrl-T');
		},
		quit: () => this.#options.quit(),
		break: () => this.#inTurn(() => this.#options.sendBreak()),
		echo: () => {
			this.isEchoing = !this.isEchoing;
			this.say(this.isEchoing ? 'What is typed is shown.' : 'Only what the port says is shown.');
		},
		log: () => {
			if (this.#log) this.#stopLog();
			else this.#try(() => this.startLog(this.#options.logName()));
		},
		hex: () => {
			const isHex = !this.text.isHex;
			this.say(isHex ? 'Hex beside text: > is sent, < has come.' : 'Text.');
			this.text.isHex = isHex;
			this.#logText.isHex = isHex;
		},
		clear: () => {
			this.#options.show(this.text.endLine());
			this.#options.clear();
		},
		statistics: () =>
			this.say(`Sent ${grouped(this.#sent)} bytes, received ${grouped(this.#received)}.`),
		times: () => {
			const hasTimes = !this.text.hasTimes;
			this.say(hasTimes ? 'Times are shown.' : 'Times are not shown.');
			this.text.hasTimes = hasTimes;
			this.#logText.hasTimes = hasTimes;
		},
		file: () => {
			this.#fileName = '';
			this.#options.show(`${this.text.endLine()}File to send (Esc: none): `);
		},
	};

	#typeName(bytes: Buffer): void {
		for (const [index, byte] of bytes.entries()) {
			const name: string = this.#fileName ?? '';
			if (byte === escapeKey || byte === enter) {
				this.#fileName = undefined;
				this.#options.show('\n');
				if (byte === enter && name !== '') {
					this.sendFile(Buffer.from(name, 'latin1').toString());
				}
				if (index + 1 < bytes.length) this.#send(bytes.subarray(index + 1));
				return;
			}
			if (byte === erase || byte === backspace) {
				if (name !== '') this.#options.show('\b \b');
				this.#fileName = name.slice(0, -1);
			} else if (byte >= 0x20) {
				this.#fileName = name + String.fromCharCode(byte);
				this.#options.show(byte < 0x7f ? String.fromCharCode(byte) : '.');
			}
		}
	}

	/** Sends the bytes of a file, as they are, as fast as the port takes them. */
	sendFile(path: string): void {
		this.#inTurn(async () => {
			const { size } = plainFile(path);
			const stop = new AbortController();
			this.#sending = stop;
			this.say(`Sending ${basename(path)}, ${grouped(size)} bytes; Ctrl-T q ends it.`);
			let sent = 0;
			for await (const piece of createReadStream(path)) {
				if (stop.signal.aborted) break;
				await this.#options.send(piece as Buffer);
				sent += (piece as Buffer).length;
				this.#sent += (piece as Buffer).length;
			}
			this.#sending = undefined;
			this.say(`${grouped(sent)} of ${grouped(size)} bytes of ${basename(path)} were sent.`);
		});
	}

	#show(bytes: Uint8Array, dir: 'in' | 'out'): void {
		const text = this.text.show(bytes, dir);
		// A name that is typed stays whole on its line.
		if (this.#fileName === undefined) this.#options.show(text);
		if (this.#log) {
			const { fd } = this.#log;
			this.#try(() => writeSync(fd, this.#logText.show(bytes, dir)));
		}
	}

	#stopLog(): void {
		const log = this.#log;
		if (!log) return;
		this.#log = undefined;
		this.#try(() => writeSync(log.fd, this.#logText.endLine()));
		closeSync(log.fd);
		this.say(`The log is in ${sanitize(log.path)}.`);
	}

	/** Does it when what was asked before is done, and says what fails. */
	#inTurn(task: () => Promise<void>): void {
		this.#last = this.#last.then(task).catch((error: unknown) => this.#fail(error));
	}

	#try(task: () => void): void {
		try {
			task();
		} catch (error) {
			this.#fail(error);
		}
	}

	#fail(error: unknown): void {
		if (error instanceof Problem) this.say(error.sentence);
		else
			this.say(`That failed: ${sanitize(error instanceof Error ? error.message : String(error))}`);
	}
}

/** A new file. Throws a Problem where there is one, or none can be made. */
function openLog(path: string): number {
	try {
		return openSync(path, 'ax', 0o600);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		const isThere = code === 'EEXIST';
		const shown = sanitize(path);
		throw new Problem(
			code === 'EACCES' ? exitCode.noAccess : exitCode.failed,
			isThere ? `${shown} is there already.` : `The log ${shown} cannot be written (${code}).`,
			{
				next: isThere
					? 'name another file.'
					: 'name a file where you may write, or start modemscope in such a folder.',
				cause,
			},
		);
	}
}

function plainFile(path: string): { readonly size: number } {
	const file = statSync(path, { throwIfNoEntry: false });
	if (file?.isFile()) return file;
	throw new Problem(exitCode.usage, `There is no file ${sanitize(path)}. Nothing was sent.`);
}

/** `17:54:03.112`, the wall's. */
export function clockNow(): string {
	const now = new Date();
	return `${now.toTimeString().slice(0, 8)}.${String(now.getMilliseconds()).padStart(3, '0')}`;
}

export const logName = (): string =>
	`modemscope-raw-${isoTime().slice(0, 19).replace(/[:.]/g, '-')}.log`;
