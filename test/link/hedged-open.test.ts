import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hedgedOpen } from '../../source/link/hedged-open.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Opens that return when the test says so, and what became of their ports. */
function opener() {
	const opens: PromiseWithResolvers<string>[] = [];
	const closed: string[] = [];
	const start = () => {
		const one = Promise.withResolvers<string>();
		opens.push(one);
		return one.promise;
	};
	const opening = hedgedOpen(start, (port) => closed.push(port));
	opening.catch(() => {});
	return { opening, opens, closed };
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('an open that returns in time is the only one', async () => {
	const { opening, opens, closed } = opener();
	await pass(19);
	opens[0]!.resolve('first');
	expect(await opening).toBe('first');
	await pass(1000);
	expect([opens.length, closed]).toEqual([1, []]);
});

test('a second one wins over a late one, which is closed when it comes', async () => {
	const { opening, opens, closed } = opener();
	await pass(20);
	opens[1]!.resolve('second');
	expect(await opening).toBe('second');
	await pass(500);
	expect([opens.length, closed]).toEqual([2, []]);
	opens[0]!.resolve('first');
	await pass(0);
	expect(closed).toEqual(['first']);
});

test('when two are late, a third one wins, and there is no fourth', async () => {
	const { opening, opens, closed } = opener();
	await pass(60);
	expect(opens).toHaveLength(3);
	opens[2]!.resolve('third');
	expect(await opening).toBe('third');
	await pass(1000);
	opens[1]!.resolve('second');
	opens[0]!.reject(new Error('ENXIO'));
	await pass(0);
	expect([opens.length, closed]).toEqual([3, ['second']]);
});

test.each(['ENOENT', 'EBUSY'])('a first open that fails with %s fails at once', async (code) => {
	const { opening, opens } = opener();
	opens[0]!.reject(new Error(code));
	await expect(opening).rejects.toThrow(code);
	await pass(1000);
	expect(opens).toHaveLength(1);
});

test('a second one that fails, as for the lock of the first, leaves the first to win', async () => {
	const { opening, opens, closed } = opener();
	await pass(20);
	opens[1]!.reject(new Error('Cannot lock port'));
	await pass(0);
	opens[0]!.resolve('first');
	expect(await opening).toBe('first');
	await pass(1000);
	expect([opens.length, closed]).toEqual([2, []]);
});

test('when all fail, the last failure counts', async () => {
	const { opening, opens } = opener();
	await pass(60);
	opens[1]!.reject(new Error('EACCES'));
	opens[2]!.reject(new Error('EBUSY'));
	opens[0]!.reject(new Error('ENXIO'));
	await expect(opening).rejects.toThrow('ENXIO');
});

test('late ones of several ports leave one of the four threads free', async () => {
	const ports = [opener(), opener()];
	await pass(1000);
	expect(ports.flatMap(({ opens }) => opens)).toHaveLength(3);
	for (const one of ports.flatMap(({ opens }) => opens)) one.resolve('late');
	await Promise.all(ports.map(({ opening }) => opening));
	const next = opener();
	await pass(20);
	expect(next.opens).toHaveLength(2);
	for (const one of next.opens) one.resolve('late');
	await next.opening;
});
