/** The full-screen console: the public face of this room. */
import { render } from 'ink';
import type { OpenSession, Session } from '../session/session.ts';
import { actions } from './actions.ts';
import { App } from './app.tsx';
import { Desk } from './desk.ts';
import { FrameClock } from './frame-clock.ts';
import { createLook } from './look.ts';
import { TerminalOutput } from './output.ts';
import type { ViewName } from './view.ts';

export type { ViewName } from './view.ts';
export { isViewName, viewNames } from './view.ts';

export type ConsoleOptions = {
	/** The view to begin with; `usb` unless given. */
	readonly view?: ViewName;
	/** Draws with ASCII signs only. */
	readonly ascii?: boolean;
	/** Colours; as NO_COLOR says unless given. */
	readonly color?: boolean;
	/** Frames a second at most; 10 unless given, 5 over SSH. */
	readonly fps?: number;
};

const signals = ['SIGTERM', 'SIGHUP'] as const;

/** Shows the console on the terminal until the person quits, and ends the session shown last. */
export async function runConsole(
	first: Session,
	open: OpenSession,
	options: ConsoleOptions = {},
): Promise<void> {
	const { env } = process;
	const {
		view = 'usb',
		ascii = false,
		color = !env.NO_COLOR,
		fps = env.SSH_CONNECTION ? 5 : 10,
	} = options;
	const output = new TerminalOutput(process.stdout);
	const clock = new FrameClock(fps, () => output.isBusy);
	const desk = new Desk(first, open, {
		actions,
		view,
		look: createLook({ color, ascii, env }),
		write: (sequence) => void output.write(sequence),
		changed: (pressed) => (pressed ? clock.pressed() : clock.changed()),
		quit: () => app.unmount(),
	});
	const app = render(<App desk={desk} clock={clock} />, {
		stdout: output as unknown as NodeJS.WriteStream,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: Boolean(process.stdout.isTTY),
		exitOnCtrlC: false,
		kittyKeyboard: { mode: 'auto' },
		patchConsole: true,
		// The frame clock sets the pace; this only lets a key be seen at once.
		maxFps: 30,
	});
	// A dropped SSH link or a kill leaves the terminal as a quit does; a flash goes on by itself.
	const leave = () => app.unmount();
	for (const signal of signals) process.on(signal, leave);
	try {
		await app.waitUntilExit();
	} finally {
		for (const signal of signals) process.off(signal, leave);
		clock.stop();
		await desk.end();
		await new Promise((resolve) => output.end(resolve));
	}
}
