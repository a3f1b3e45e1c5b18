import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export const program = resolve(import.meta.dirname, '../../dist/cli.js');

/** State of its own: no test sees the flashes of another, or of the person who runs the tests. */
export const newState = (): string => mkdtempSync(join(tmpdir(), 'ms-state-'));

export type Surroundings = {
	readonly node?: readonly string[];
	readonly command?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
};

/** The real program in a real pty, on a terminal whose cells can be read. */
export class Screen {
	readonly #terminal: InstanceType<typeof xterm.Terminal>;
	readonly #pty: IPty;
	/** Bytes that the program wrote, and whether it has ended. */
	written = 0;
	/** The last of them, as they came. */
	raw = '';
	exit: number | undefined;
	signal: number | undefined;
	cursorHidden = false;

	/** `node` are options of Node; `command` is another program than ours, with its arguments. */
	constructor(
		args: readonly string[],
		state: string,
		columns = 80,
		rows = 24,
		{
			node = [],
			command = [process.execPath, ...node, program, ...args],
			env: more = {},
		}: Surroundings = {},
	) {
		const [file = '', ...given] = command;
		this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
		const { CI: _, SSH_CONNECTION: __, NO_COLOR: ___, ...env } = process.env;
		this.#pty = spawn(file, given, {
			name: more.TERM ?? 'xterm-256color',
			cols: columns,
			rows,
			env: { ...env, XDG_STATE_HOME: state, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...more },
		});
		this.#pty.onData((data) => {
			this.written += Buffer.byteLength(data);
			this.raw = (this.raw + data).slice(-100_000);
			this.#slowDown(data.length);
			this.#terminal.write(data);
		});
		for (const final of ['h', 'l']) {
			this.#terminal.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
				if (modes.includes(25)) this.cursorHidden = final === 'l';
				return false;
			});
		}
		this.#terminal.onData((answer) => this.#pty.write(answer));
		this.#pty.onExit(({ exitCode, signal }) => {
			this.exit = exitCode;
			this.signal = signal;
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** True while the program shows its own screen and not the shell's. */
	get alternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	/** The lines as a person sees them, without blanks at their ends. */
	get lines(): string[] {
		const buffer = this.#terminal.buffer.active;
		return Array.from(
			{ length: this.#terminal.rows },
			(_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
		);
	}

	get text(): string {
		return this.lines.join('\n');
	}

	/** True when a line was longer than the screen and went on in the next. */
	get wraps(): boolean {
		const buffer = this.#terminal.buffer.active;
		return this.lines.some((_, row) => buffer.getLine(buffer.viewportY + row)?.isWrapped);
	}

	/** What a shell would find changed: nothing, when the program has given the terminal back. */
	get leftovers(): string[] {
		const { bracketedPasteMode, mouseTrackingMode } = this.#terminal.modes;
		return [
			this.alternate ? 'the alternate screen' : '',
			this.cursorHidden ? 'a hidden cursor' : '',
			bracketedPasteMode ? 'bracketed paste' : '',
			mouseTrackingMode === 'none' ? '' : 'the mouse',
		].filter((left) => left !== '');
	}

	/** Every cell with its colours, to be compared with another time. */
	get cells(): string[] {
		const buffer = this.#terminal.buffer.active;
		return Array.from({ length: this.#terminal.rows }, (_, row) => {
			const line = buffer.getLine(buffer.viewportY + row);
			return Array.from({ length: this.#terminal.cols }, (_, column) => {
				const cell = line?.getCell(column);
				const look = [cell?.getFgColor(), cell?.getBgColor(), cell?.isBold(), cell?.isInverse()];
				return `${cell?.getChars() || ' '}${look}`;
			}).join(' ');
		});
	}

	/** Reads at most so many bytes a second from now on, as a slow link does; everything when undefined. */
	throttle(bytesPerSecond: number | undefined): void {
		this.#pace = bytesPerSecond;
	}
	#pace: number | undefined;

	type(keys: string): void {
		this.#pty.write(keys);
	}

	#slowDown(bytes: number): void {
		if (this.#pace === undefined) return;
		this.#pty.pause();
		setTimeout(() => this.#pty.resume(), (bytes / this.#pace) * 1000);
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: NodeJS.Signals, pid = this.pid): void {
		process.kill(pid, signal);
	}

	/** Waits until the screen shows it; fails with the screen when it does not in time. */
	async shows(wanted: RegExp, seconds = 20): Promise<string> {
		await this.until(() => wanted.test(this.text), seconds, `${wanted} on the screen`);
		return this.text;
	}

	/** Waits until nothing has been written for so long. */
	async quiet(seconds: number): Promise<void> {
		for (let before = -1; before !== this.written; ) {
			before = this.written;
			await new Promise((wake) => setTimeout(wake, seconds * 1000));
		}
	}

	async ended(seconds = 10): Promise<void> {
		await this.until(() => this.exit !== undefined, seconds, 'the end of the program');
	}

	async until(met: () => boolean, seconds: number, what: string): Promise<void> {
		const deadline = performance.now() + seconds * 1000;
		while (!met()) {
			if (performance.now() > deadline) {
				throw new Error(`waited ${seconds} s for ${what}; the screen is:\n${this.text}`);
			}
			if (this.exit !== undefined) throw new Error(`it ended with ${this.exit}:\n${this.text}`);
			await new Promise((wake) => setTimeout(wake, 20));
		}
	}

	/** The terminal goes away: its other side is closed. */
	hangUp(): void {
		(this.#pty as IPty & { destroy(): void }).destroy();
	}

	close(): void {
		if (this.exit === undefined) this.#pty.kill('SIGKILL');
	}
}
