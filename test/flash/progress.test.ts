import { describe, expect, it } from 'vitest';
import type { Event, Fact } from '../../source/events.ts';
import { FlashProgress } from '../../source/flash/model/progress.ts';

const started: Fact = {
	type: 'flash-started',
	file: 'a.cwe',
	others: ['a.nvu'],
	size: 1_000_000,
	path: '3-1',
	model: 'MC7455',
	to: '1',
};
const phase = (name: 'connect' | 'configure' | 'write' | 'commit', state: 'running' | 'done') =>
	({ type: 'flash-phase', phase: name, state }) as const;
const sent = (bytes: number) =>
	({ type: 'flash-progress', sent: bytes, total: 1_000_000 }) as const;

function progress(...facts: [number, Fact][]) {
	const made = new FlashProgress();
	for (const [t, fact] of facts) made.add({ t, source: 'flash', ...fact } as Event);
	return made;
}
const states = ({ phases }: FlashProgress) => phases.map(({ state }) => state);

describe('how a flash stands', () => {
	it('tells the time left by the pace of the write', () => {
		const flash = progress([0, started], [10, phase('write', 'running')], [20, sent(100_000)]);
		expect(flash.rate(20)).toBe(10_000);
		expect(flash.secondsLeft(20)).toBe(90);
	});

	it('tells none before a byte went, after 10 s without one, and when it would be days', () => {
		expect(progress([0, started], [10, phase('write', 'running')]).secondsLeft(12)).toBeUndefined();
		const stalled = progress([0, started], [10, phase('write', 'running')], [11, sent(50_000)]);
		expect(stalled.secondsLeft(20)).toBeGreaterThan(0);
		expect(stalled.secondsLeft(22)).toBeUndefined();
		const crawling = progress([0, started], [0, phase('write', 'running')], [60, sent(1)]);
		expect(crawling.secondsLeft(60)).toBeUndefined();
	});

	it('tells none in the commit, whose end nobody knows', () => {
		const flash = progress(
			[0, started],
			[1, phase('write', 'running')],
			[2, sent(1_000_000)],
			[2, phase('write', 'done')],
			[2, phase('commit', 'running')],
		);
		expect(flash.secondsLeft(3)).toBeUndefined();
		expect(flash.current?.phase).toBe('commit');
	});

	it('stands in the write again when the second file is sent, at that file’s own pace', () => {
		const flash = progress(
			[0, started],
			[1, phase('write', 'running')],
			[2, sent(900_000)],
			[2, phase('write', 'done')],
			[2, phase('commit', 'running')],
			[62, phase('commit', 'done')],
			[63, phase('write', 'running')],
			[64, sent(950_000)],
		);
		expect(flash.current?.phase).toBe('write');
		expect(states(flash).slice(3, 5)).toEqual(['running', 'waiting']);
		expect(flash.rate(64)).toBe(50_000);
		expect(flash.secondsLeft(64)).toBe(1);
	});
});
