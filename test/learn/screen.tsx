import { afterEach } from 'vitest';
import { lessons } from '../../source/learn/lessons/index.ts';
import type { Progress } from '../../source/learn/progress.ts';
import { LearnScreen } from '../../source/ui/learn/LearnApp.tsx';
import { LearnState } from '../../source/ui/learn/learn-state.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';
import { renderOn } from '../ui/fake-terminal.ts';

const never = { repeat: () => () => {} };
const size = { width: 80, height: 24 };

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of opened.splice(0)) await close();
});

/** The screen of a lesson at 80x24: keys go in, rows come out, time passes as it is told. */
export async function openLesson(number: number, seed = 1) {
	const saved: Progress[] = [];
	let quits = 0;
	const state = new LearnState({
		lessons,
		progress: { learner: 'anna', seed, passed: [] },
		appearance: createAppearance({ color: true, ascii: false }),
		save: (progress) => saved.push(progress),
		date: () => '2026-11-29T10:00:00.000Z',
		requestRedraw: () => {},
		write: () => {},
		quit: () => {
			quits += 1;
		},
	});
	await state.open(number - 1);
	const tree = () => <LearnScreen state={state} redraw={never} size={size} />;
	const terminal = renderOn(size, tree());
	opened.push(terminal.unmount, () => state.end());
	const rows = () => {
		state.publish();
		terminal.rerender(tree());
		return terminal.frame().split('\n').map(stripColors);
	};
	return {
		state,
		saved,
		rows,
		quits: () => quits,
		text: () => rows().join('\n'),
		press: (key: string) => state.input({ key }),
		pass: (seconds: number) => state.pass(seconds),
		/** Types a line letter by letter, and lets time pass until it is done. */
		async type(line: string) {
			const before = state.run?.said;
			for (const letter of line) state.input({ key: letter === ' ' ? 'space' : letter });
			state.input({ key: 'enter' });
			for (let waited = 0; state.run?.said === before && waited < 3000; waited++) {
				await state.pass(0.1);
			}
			await state.pass(0.3);
			rows();
		},
	};
}
