/**
 * How the console has the terminal: it gives it back when it ends, however that comes, and for a
 * while when it is suspended; and it paints it anew when something else may have drawn there.
 */
import { type Instance, useApp, useInput } from 'ink';
import { useEffect } from 'react';
import type { TerminalOutput } from './output.ts';

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** So many Ctrl-C in a row end a console that answers to nothing else; the first one asks. */
const enough = 3;
const clearScreen = '\u001b[H\u001b[2J';

type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

export class TerminalSession {
	/** The signal that ended the console, if one did. */
	signal: (typeof ends)[number] | undefined;
	readonly #output: TerminalOutput;
	readonly #stdin: NodeJS.ReadStream;
	#app: Instance | undefined;
	#suspendTerminal: SuspendTerminal | undefined;
	#failure: { readonly error: unknown } | undefined;
	#isAway = false;
	#painting: NodeJS.Immediate | undefined;
	#interrupts = 0;

	constructor(output: TerminalOutput, stdin: NodeJS.ReadStream) {
		this.#output = output;
		this.#stdin = stdin;
		// Ink asks for it behind the first frame: a key that answers that one would be echoed into it.
		if (stdin.isTTY) stdin.setRawMode(true);
	}

	/** Waits until the console has ended. Throws what broke it, when the terminal is the shell's again. */
	async run(app: Instance): Promise<void> {
		this.#app = app;
		for (const signal of ends) process.on(signal, this.#onSignal);
		process.on('SIGTSTP', this.suspend).on('SIGCONT', this.#continued);
		process.on('uncaughtException', this.fail).on('unhandledRejection', this.fail);
		// A terminal that goes away says so where we write or where we read.
		this.#output.on('error', this.exit).prependListener('resize', this.#paint);
		this.#stdin.on('error', this.exit).on('end', this.exit).on('close', this.exit);
		try {
			await app.waitUntilExit();
		} finally {
			process.off('SIGTSTP', this.suspend).off('SIGCONT', this.#continued);
			this.#output.off('resize', this.#paint);
		}
	}

	/** The last thing to call: signals and defects are heard until here. Throws the defect that ended the console. */
	dispose(): void {
		for (const signal of ends) process.off(signal, this.#onSignal);
		process.off('uncaughtException', this.fail).off('unhandledRejection', this.fail);
		if (this.#failure) throw this.#failure.error;
	}

	readonly exit = (): void => {
		// What Ink would draw once more goes down with the screen.
		this.#output.dropsFrames = true;
		this.#app?.unmount();
	};

	/** Gives the terminal to the shell, as Ctrl-Z does to any program, until `fg`. */
	readonly suspend = async (): Promise<void> => {
		if (this.#isAway || !this.#suspendTerminal) return;
		this.#isAway = true;
		const output = this.#output;
		const { modesOn } = output;
		const { resume } = await this.#suspendTerminal();
		output.write(output.modesOff);
		await output.flushed();
		process.off('SIGTSTP', this.suspend);
		// To the whole job, as the terminal does: npx and npm stop with us. The next line runs after `fg`.
		process.kill(0, 'SIGTSTP');
		process.on('SIGTSTP', this.suspend);
		output.dropsFrames = true;
		await resume();
		output.write(modesOn);
		output.dropsFrames = false;
		this.#isAway = false;
		this.#lookAgain();
	};

	/** Draws nothing: it takes what Ink gives to components only. */
	readonly Handle = () => {
		const { suspendTerminal } = useApp();
		useEffect(() => {
			this.#suspendTerminal = suspendTerminal;
		}, [suspendTerminal]);
		useInput((input, key) => {
			this.#interrupts = key.ctrl && input === 'c' ? this.#interrupts + 1 : 0;
			if (this.#interrupts === enough) this.exit();
		});
		return null;
	};

	readonly #onSignal = (signal: NodeJS.Signals): void => {
		this.signal ??= ends.find((end) => end === signal);
		this.exit();
	};

	/** A defect: the console ends, and says so when the terminal is the shell's again. */
	readonly fail = (error: unknown): void => {
		this.#failure ??= { error };
		this.exit();
	};

	/** Stopped by another hand than ours: the shell has had the terminal, and nobody told us. */
	readonly #continued = (): void => {
		if (this.#isAway) return;
		this.#stdin.setRawMode(false);
		this.#stdin.setRawMode(true);
		this.#output.write(this.#output.modesOn);
		this.#lookAgain();
	};

	/** Only the job in front is told of a new size: while we were away nobody told us. */
	#lookAgain(): void {
		process.kill(process.pid, 'SIGWINCH');
	}

	/**
	 * Ink draws where it believes the cursor to be, the old rows in the new size before the new ones.
	 * None of that is shown: when it has settled, all is drawn once, from the first cell.
	 */
	readonly #paint = (): void => {
		const output = this.#output;
		output.dropsFrames = true;
		if (this.#isAway || this.#painting) return;
		this.#painting = setImmediate(() => {
			this.#app?.clear();
			output.dropsFrames = false;
			output.write(clearScreen);
			output.off('resize', this.#paint).emit('resize');
			output.prependListener('resize', this.#paint);
			this.#painting = undefined;
		});
	};
}
