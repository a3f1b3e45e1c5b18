/** Ink on a terminal of a given size that only keeps what it is shown; keys are written to its stdin. */
import { EventEmitter } from 'node:events';
import { render as inkRender } from 'ink';
import type { ReactNode } from 'react';

/** Ink starts a program to ask for the size of a terminal that does not know its own. */
class FakeStdout extends EventEmitter {
	columns: number;
	rows: number;
	frame = '';

	constructor({ width, height }: Size) {
		super();
		this.columns = width;
		this.rows = height;
	}

	write(frame: string): boolean {
		this.frame = frame;
		return true;
	}
}

class FakeStdin extends EventEmitter {
	readonly isTTY = true;
	#unread: string | null = null;

	write(keys: string): void {
		this.#unread = keys;
		this.emit('readable');
		this.emit('data', keys);
	}

	read(): string | null {
		const keys = this.#unread;
		this.#unread = null;
		return keys;
	}

	setEncoding() {}
	setRawMode() {}
	ref() {}
	unref() {}
}

type Size = { readonly width: number; readonly height: number };

export function renderOn(size: Size, tree: ReactNode) {
	const stdout = new FakeStdout(size);
	const stdin = new FakeStdin();
	const { rerender, unmount } = inkRender(tree, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	return {
		stdin,
		rerender,
		unmount,
		frame: () => stdout.frame,
		resize({ width, height }: Size) {
			stdout.columns = width;
			stdout.rows = height;
			stdout.emit('resize');
		},
	};
}
