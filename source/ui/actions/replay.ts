import type { ConsoleState } from '../app/console-state.ts';
import type { Action } from './action.ts';

const isReplay = ({ session }: ConsoleState) => session.kind === 'replay';

const hasMarks = ({ session }: ConsoleState) => (session.playing?.marks.length ?? 0) > 0;

/** To the mark before (-1) or behind (1) this moment, with its note. */
const toMark =
	(by: 1 | -1) =>
	({ session, toasts }: ConsoleState): void => {
		const { marks = [], t = 0 } = session.playing ?? {};
		const found =
			by === 1 ? marks.find((mark) => mark.t > t) : marks.findLast((mark) => mark.t < t);
		if (!found) {
			toasts.show(
				by === 1 ? 'There is no mark behind this moment.' : 'There is no mark before it.',
			);
			return;
		}
		session.seek(found.t);
		toasts.show(`Mark ${marks.indexOf(found) + 1} of ${marks.length}: ${found.text}`);
	};

export const replayActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'global',
		name: 'Play or pause the recording',
		keys: ['space'],
		hint: 'play',
		when: isReplay,
		run: ({ session }) => (session.playing?.playing ? session.pause() : session.play()),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'One frame on in the recording',
		keys: ['.'],
		hint: 'frame',
		label: () => ', .',
		when: isReplay,
		run: ({ session }) => session.step(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'One frame back in the recording',
		keys: [','],
		when: isReplay,
		run: ({ session }) => session.step(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the next mark of the recording',
		keys: ['}'],
		hint: 'mark',
		label: () => '{ }',
		words: ['bookmark', 'note'],
		when: hasMarks,
		run: toMark(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the previous mark of the recording',
		keys: ['{'],
		words: ['bookmark', 'note'],
		when: hasMarks,
		run: toMark(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Play the recording faster',
		keys: ['='],
		hint: 'speed',
		label: () => '- =',
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.min(64, (session.playing?.speed ?? 1) * 2)),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Play the recording slower',
		keys: ['-'],
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.max(0.25, (session.playing?.speed ?? 1) / 2)),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Back to the start of the recording',
		keys: ['0'],
		hint: 'start',
		when: isReplay,
		run: ({ session }) => session.seek(0),
	},
];
