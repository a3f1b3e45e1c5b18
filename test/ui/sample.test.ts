import { expect, it } from 'vitest';
import { Sample } from '../../source/ui/views/flash/sample.ts';

/** How often what is shown changes in ten seconds of so many frames a second, drawn ten times a second. */
function changes(perSecond: number): number {
	const sample = new Sample();
	const shown = new Set<number>();
	for (let draw = 0; draw < 100; draw++) {
		shown.add(sample.last(Math.floor((draw * perSecond) / 10), draw * 100));
	}
	return shown.size;
}

it('shows a slow stream frame by frame, and a faster one once a second', () => {
	expect(changes(2)).toBe(20);
	for (const fast of [10, 80, 600]) expect(changes(fast)).toBeLessThanOrEqual(13);
});

it('shows what it has held back a second after it came', () => {
	const sample = new Sample();
	sample.last(0, 0);
	expect(sample.last(50, 999)).toBe(0);
	expect(sample.last(50, 1000)).toBe(50);
});
