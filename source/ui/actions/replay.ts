import type { Desk } from '../desk.ts';
import type { Action } from './action.ts';

const isReplay = ({ session }: Desk) => session.kind === 'replay';

export const replayActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Play or pause',
		keys: ['space'],
		hint: 'play',
		when: isReplay,
		run: ({ session }) => (session.playing?.playing ? session.pause() : session.play()),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'One frame on',
		keys: ['.'],
		hint: 'frame',
		label: () => ', .',
		when: isReplay,
		run: ({ session }) => session.step(1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'One frame back',
		keys: [','],
		when: isReplay,
		run: ({ session }) => session.step(-1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Play faster',
		keys: ['='],
		hint: 'speed',
		label: () => '- =',
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.min(64, (session.playing?.speed ?? 1) * 2)),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Play slower',
		keys: ['-'],
		when: isReplay,
		run: ({ session }) => session.setSpeed(Math.max(0.25, (session.playing?.speed ?? 1) / 2)),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Back to the start of the recording',
		keys: ['0'],
		hint: 'start',
		when: isReplay,
		run: ({ session }) => session.seek(0),
	},
];
