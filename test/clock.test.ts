import { afterEach, expect, test, vi } from 'vitest';
import { createClock } from '../source/clock.ts';

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
