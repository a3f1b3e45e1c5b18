/** The full-screen console: the public face of this room. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadStream } from 'node:tty';
import { render } from 'ink';
import { keepCompiled } from '../heap.ts';
import { type ExitCode, exitCode } from '../problem.ts';
import type { OpenSession, Session } from '../session/session.ts';
import type { OwnCommand } from './actions/view-context.ts';
import { App } from './app/App.tsx';
import { ConsoleState } from './app/console-state.ts';
import { farewellOf } from './app/farewell.ts';
import { TerminalOutput } from './terminal/output.ts';
import { RedrawScheduler } from './terminal/redraw-scheduler.ts';
import { TerminalSession } from './terminal/terminal-session.tsx';
import { createAppearance } from './text/appearance.ts';
import type { Background } from './text/theme.ts';
import type { ViewName } from './text/view-names.ts';

export type { OwnCommand } from './actions/view-context.ts';
export { type ScreencastOptions, screencast } from './app/screencast.ts';
export type { ViewName } from './text/view-names.ts';
export { isViewName, viewNames } from './text/view-names.ts';

export type ConsoleOptions = {
	/** The view to begin with; `usb` unless given. */
	readonly view?: ViewName;
	/** Draws with ASCII signs only. */
	readonly ascii?: boolean;
	/** What the terminal's background is; as the terminal tells unless given. */
	readonly background?: Background;
	/** AT lines of this person, by name, for the palette. */
	readonly commands?: readonly OwnCommand[];
	/** Colours; as NO_COLOR says unless given. */
	readonly color?: boolean;
	/** Frames a second at most; 10 unless given, 5 over SSH. */
	readonly fps?: number;
	/** The terminal that is typed at, where standard input is something else. */
	readonly keyboard?: ReadStream;
	/** Says a line on the shell's screen when the console has ended. */
	readonly say?: (line: string) => void;
};

/** Milliseconds after which what was compiled is kept for the next start, however this one ends. */
const compiledAfter = 2000;
/** Milliseconds that a recording may take to reach a disk that hangs. */
const endWithin = 5000;

/** Shows the console on the terminal until it is ended, and ends the session shown last. */
export async function runConsole(
	first: Session,
	open: OpenSession,
	options: ConsoleOptions = {},
): Promise<ExitCode> {
	const { env } = process;
	const {
		view = 'usb',
		ascii = false,
		color = !env.NO_COLOR,
		keyboard = process.stdin,
		fps = env.SSH_CONNECTION ? 5 : 10,
	} = options;
	// Ink reads the same variable; what is heard is said once a second at most, and stays above.
	const isSpoken = env.INK_SCREEN_READER === 'true';
	const output = new TerminalOutput(process.stdout);
	const terminal = new TerminalSession(output, keyboard);
	const state: ConsoleState = new ConsoleState(first, open, {
		view,
		size: { width: output.columns, height: output.rows },
		appearance: createAppearance({ color, ascii, env, background: options.background }),
		commands: options.commands ?? [],
		write: (sequence) => void output.write(sequence),
		requestRedraw: (pressed) => (pressed ? scheduler.requestForKey() : scheduler.request()),
		quit: terminal.exit,
		suspend: terminal.suspend,
	});
	state.sayWhereOpened();
	const scheduler: RedrawScheduler = new RedrawScheduler(
		isSpoken ? 1 : fps,
		state.publish,
		(isPressed) => (isPressed ? output.isBusy : output.isResting),
	);
	const screen = (
		<>
			<App state={state} redraw={scheduler} />
			<terminal.Handle />
		</>
	);
	const app = render(screen, {
		stdin: keyboard,
		stdout: output as unknown as NodeJS.WriteStream,
		alternateScreen: !isSpoken,
		incrementalRendering: true,
		interactive: Boolean(process.stdout.isTTY),
		exitOnCtrlC: false,
		kittyKeyboard: { mode: 'auto' },
		patchConsole: true,
		// The scheduler sets the pace; this only lets a key be seen at once.
		maxFps: 100,
	});
	const compiled = setTimeout(keepCompiled, compiledAfter);
	let farewell: readonly string[] = [];
	try {
		await terminal.run(app);
	} finally {
		farewell = farewellOf(state.session);
		clearTimeout(compiled);
		scheduler.stop();
		await Promise.race([state.end(), sleep(endWithin, undefined, { ref: false })]).catch(
			terminal.fail,
		);
		await output.finish();
	}
	terminal.dispose();
	if (!terminal.signal) for (const line of farewell) options.say?.(line);
	return terminal.signal ? exitCode.interrupted : exitCode.done;
}
