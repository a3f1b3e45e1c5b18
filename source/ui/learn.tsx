/** The lessons on a terminal: the public face of this folder. */
import { render } from 'ink';
import { isoTime } from '../clock.ts';
import { lessons } from '../learn/lessons/index.ts';
import { type Progress, writeProgress } from '../learn/progress.ts';
import { type ExitCode, exitCode } from '../problem.ts';
import { LearnApp } from './learn/LearnApp.tsx';
import { LearnState } from './learn/learn-state.ts';
import { TerminalOutput } from './terminal/output.ts';
import { RedrawScheduler } from './terminal/redraw-scheduler.ts';
import { TerminalSession } from './terminal/terminal-session.tsx';
import { createAppearance } from './text/appearance.ts';

/** Milliseconds between two looks at the bench. */
const tick = 100;
/** A bench that stood still, as under Ctrl-Z, does not make up for more than this, seconds. */
const longestTick = 1;

export type LearnOptions = {
	readonly progress: Progress;
	/** Counted from 1; the first one that is not passed unless given. */
	readonly lesson?: number | undefined;
	readonly ascii: boolean;
};

export async function runLearn({ progress, lesson, ascii }: LearnOptions): Promise<ExitCode> {
	const { env } = process;
	const output = new TerminalOutput(process.stdout);
	const terminal = new TerminalSession(output, process.stdin);
	const state: LearnState = new LearnState({
		lessons,
		progress,
		appearance: createAppearance({ color: !env.NO_COLOR, ascii, env }),
		save: writeProgress,
		date: () => isoTime(),
		requestRedraw: (pressed) => (pressed ? scheduler.requestForKey() : scheduler.request()),
		write: (sequence) => void output.write(sequence),
		quit: terminal.exit,
	});
	const scheduler = new RedrawScheduler(env.SSH_CONNECTION ? 5 : 10, state.publish, (isPressed) =>
		isPressed ? output.isBusy : output.isResting,
	);
	await state.open(lesson === undefined ? state.due : lesson - 1);
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		const seconds = Math.min(longestTick, (now - last) / 1000);
		last = now;
		state.pass(seconds).catch(terminal.fail);
	}, tick);
	const app = render(
		<>
			<LearnApp state={state} redraw={scheduler} />
			<terminal.Handle />
		</>,
		{
			stdout: output as unknown as NodeJS.WriteStream,
			alternateScreen: env.INK_SCREEN_READER !== 'true',
			incrementalRendering: true,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: true,
			maxFps: 30,
		},
	);
	try {
		await terminal.run(app);
	} finally {
		clearInterval(timer);
		scheduler.stop();
		await state.end();
		await output.finish();
	}
	if (state.failure !== undefined) terminal.fail(state.failure);
	terminal.dispose();
	return terminal.signal ? exitCode.interrupted : exitCode.done;
}
