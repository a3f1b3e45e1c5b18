import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RedrawScheduler } from '../../source/ui/terminal/redraw-scheduler.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function drawn(fps: number, busy?: () => boolean) {
	const draw = vi.fn();
	const clock = new RedrawScheduler(fps, draw, busy);
	return { clock, draw };
}

it('draws nothing while nothing changes', () => {
	const { draw } = drawn(10);
	vi.advanceTimersByTime(60_000);
	expect(draw).not.toHaveBeenCalled();
});

it('draws a storm of changes at its own pace', () => {
	const { clock, draw } = drawn(10);
	for (let step = 0; step < 1000; step++) {
		clock.request();
		vi.advanceTimersByTime(1);
	}
	expect(draw.mock.calls.length).toBeGreaterThanOrEqual(9);
	expect(draw.mock.calls.length).toBeLessThanOrEqual(11);
});

it('shows what a key did sooner than the next frame', () => {
	const { clock, draw } = drawn(1);
	clock.request();
	vi.advanceTimersByTime(0);
	clock.request();
	clock.requestForKey();
	vi.advanceTimersByTime(50);
	expect(draw).toHaveBeenCalledTimes(2);
});

it('waits for a terminal that has not taken the last frame', () => {
	let busy = true;
	const { clock, draw } = drawn(10, () => busy);
	clock.request();
	vi.advanceTimersByTime(5000);
	expect(draw).not.toHaveBeenCalled();
	busy = false;
	vi.advanceTimersByTime(30);
	expect(draw).toHaveBeenCalledTimes(1);
});

it('draws again after each frame for as long as somebody wants it', () => {
	const { clock, draw } = drawn(10);
	const stop = clock.repeat(1000);
	vi.advanceTimersByTime(3500);
	expect(draw).toHaveBeenCalledTimes(3);
	stop();
	vi.advanceTimersByTime(60_000);
	expect(draw.mock.calls.length).toBeLessThanOrEqual(4);
});
