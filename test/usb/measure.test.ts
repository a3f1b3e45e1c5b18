import { expect, test } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import { figuresOf, histogram } from '../../source/usb/timeline/figures.ts';
import { changesOf, measure } from '../../source/usb/timeline/measure.ts';
import type { Span } from '../../source/usb/timeline/spans.ts';

const span = (from: number, to: number | undefined, rest: Partial<Span> = {}): Span => ({
	from,
	to,
	mode: 'application',
	device: loaderDevice(models.RC7620, 1),
	...rest,
});
const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const timesOf = (spans: readonly Span[], range = all) =>
	Object.fromEntries(measure(spans, range).map(({ what, times }) => [what, times]));

test('a loop has its times up, in the loader and gone', () => {
	const loop = [span(0, 2), span(12, 14.5), span(24, 30, { mode: 'loader' }), span(40, undefined)];
	expect(timesOf(loop)).toEqual({ application: [2, 2.5], gone: [10, 9.5, 10], loader: [6] });
});

test('only what lies whole between the cursors counts', () => {
	const loop = [span(0, 2), span(12, 14), span(24, 26)];
	expect(timesOf(loop, { from: 2, to: 24 })).toEqual({ gone: [10, 10], application: [2] });
	expect(timesOf(loop, { from: 2.1, to: 23.9 })).toEqual({ application: [2] });
});

test('what was not seen to begin or to end counts in no figure', () => {
	const spans = [
		span(0, 5, { found: true }),
		span(9, 9, { unseen: true }),
		span(20, 22),
		span(30, 31, { untimed: true }),
		span(40, 42),
		span(50, 53, { unseen: true, hostRestarted: true }),
		span(60, 61),
		span(70, undefined),
	];
	expect(timesOf(spans)).toEqual({ gone: [4, 8, 9], application: [2, 2, 1] });
	expect(changesOf(spans)).toEqual([5, 9, 20, 22, 40, 42, 50, 60, 61, 70]);
});

test('figures name the median, and how far the worst was from it', () => {
	expect(figuresOf([])).toBeUndefined();
	expect(figuresOf([2, 5, 3, 2])).toEqual({ count: 4, min: 2, median: 2.5, max: 5, jitter: 2.5 });
});

test('a histogram shares the range in equal parts; equal times stand in the middle', () => {
	expect(histogram([1, 1.2, 2.9, 5], 4)).toEqual([2, 1, 0, 1]);
	expect(histogram([3, 3.0001], 5)).toEqual([0, 0, 2, 0, 0]);
});
