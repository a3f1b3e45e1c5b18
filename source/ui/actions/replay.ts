import { askMoment } from './moments.ts';
import type { Action, ViewContext } from './view-context.ts';

const isReplay = ({ session }: ViewContext) => session.player !== undefined;

const noReplay = 'This is no recording: 5 Recordings opens one.';
const noMarks = (context: ViewContext): string =>
	isReplay(context) ? 'This recording has no marks.' : noReplay;

const hasMarks = ({ session }: ViewContext) => (session.player?.marks.length ?? 0) > 0;

/** To the mark before (-1) or behind (1) this moment, with its note. */
const toMark =
	(by: 1 | -1) =>
	({ session, toasts }: ViewContext): void => {
		const { player } = session;
		const { marks = [], t = 0 } = player ?? {};
		const found =
			by === 1 ? marks.find((mark) => mark.t > t) : marks.findLast((mark) => mark.t < t);
		if (!found) {
			toasts.show(
				by === 1 ? 'There is no mark behind this moment.' : 'There is no mark before it.',
			);
			return;
		}
		player?.seek(found.t);
		toasts.show(`Mark ${marks.indexOf(found) + 1} of ${marks.length}: ${found.text}`);
	};

export const replayActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'global',
		name: 'Play or pause the recording',
		keys: ['space'],
		hint: 'play',
		unless: noReplay,
		when: isReplay,
		run: ({ session: { player } }) => (player?.playing ? player.pause() : player?.play()),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'One frame on in the recording',
		keys: ['.'],
		hint: 'frame',
		label: () => ', .',
		unless: noReplay,
		when: isReplay,
		run: ({ session: { player }, toasts }) => {
			if (player && player.t >= player.end) {
				toasts.show('This is its end. 0 goes to its start, Space plays it from there.');
			} else player?.step(1);
		},
	},
	{
		risk: 'none',
		where: 'global',
		name: 'One frame back in the recording',
		keys: [','],
		unless: noReplay,
		when: isReplay,
		run: ({ session }) => session.player?.step(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the next mark of the recording',
		keys: ['}'],
		hint: 'mark',
		label: () => '{ }',
		words: ['bookmark', 'note'],
		unless: noMarks,
		when: hasMarks,
		run: toMark(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the previous mark of the recording',
		keys: ['{'],
		words: ['bookmark', 'note'],
		unless: noMarks,
		when: hasMarks,
		run: toMark(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Go to a moment of the recording: time, mark, finding, error, phase',
		keys: ['J'],
		hint: 'go to',
		words: ['jump', 'seek', 'time', 'phase', 'error', 'finding', 'scrub'],
		unless: noReplay,
		when: isReplay,
		run: askMoment,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Play the recording faster',
		keys: ['='],
		hint: 'speed',
		label: () => '- =',
		unless: noReplay,
		when: isReplay,
		run: ({ session: { player } }) => player?.setSpeed(Math.min(64, player.speed * 2)),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Play the recording slower',
		keys: ['-'],
		unless: noReplay,
		when: isReplay,
		run: ({ session: { player } }) => player?.setSpeed(Math.max(0.25, player.speed / 2)),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Back to the start of the recording',
		keys: ['0'],
		hint: 'start',
		unless: noReplay,
		when: isReplay,
		run: ({ session }) => session.player?.seek(0),
	},
];
