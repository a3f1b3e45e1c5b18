import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { createClock, isoTime } from '../source/clock.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
	[1, 0.000679],
	[60, 0.040741],
])('at speed %d its seconds end at the microsecond', (speed, seconds) => {
	const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
	const clock = createClock(speed);
	now.mockReturnValue(1000.6790123456789);
	expect(JSON.stringify(clock.now())).toBe(`${seconds}`);
});

test('a wall time is written as Date.toISOString writes it', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (wall) => {
			expect(isoTime(wall)).toBe(new Date(wall).toISOString());
			expect(isoTime(wall + 0.7)).toBe(new Date(wall).toISOString());
		}),
	);
});
