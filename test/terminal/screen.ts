import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const program = resolve(import.meta.dirname, '../../dist/cli.js');

/** State of its own: no test sees the flashes of another, or of the person who runs the tests. */
export const newState = (): string => mkdtempSync(join(tmpdir(), 'ms-state-'));

/** The real program in a real pty, on a terminal whose cells can be read. */
export class Screen {
	readonly #terminal: InstanceType<typeof xterm.Terminal>;
	readonly #pty: IPty;
	/** Bytes that the program wrote, and whether it has ended. */
	written = 0;
	exit: number | undefined;
	signal: number | undefined;

	constructor(args: readonly string[], state: string, columns = 80, rows = 24) {
		this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
		const { CI: _, SSH_CONNECTION: __, NO_COLOR: ___, ...env } = process.env;
		this.#pty = spawn(process.execPath, [program, ...args], {
			name: 'xterm-256color',
			cols: columns,
			rows,
			env: { ...env, XDG_STATE_HOME: state, TERM: 'xterm-256color' },
		});
		this.#pty.onData((data) => {
			this.written += data.length;
			this.#terminal.write(data);
		});
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

	type(keys: string): void {
		this.#pty.write(keys);
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: 'SIGHUP' | 'SIGKILL' | 'SIGTERM'): void {
		process.kill(this.pid, signal);
	}

	/** Waits until the screen shows it; fails with the screen when it does not in time. */
	async shows(wanted: RegExp, seconds = 20): Promise<string> {
		await this.until(() => wanted.test(this.text), seconds, `${wanted} on the screen`);
		return this.text;
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

	close(): void {
		if (this.exit === undefined) this.#pty.kill('SIGKILL');
	}
}
