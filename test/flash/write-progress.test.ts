import { expect, it } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { WriteProgress } from '../../source/flash/download/write-progress.ts';
import { listen } from './rehearse.ts';

const KiB = 1024;

it('has more in a write while it goes soon, and less again when it does not', () => {
	let now = 0;
	const { context } = listen({ ...createClock(), now: () => now });
	const progress = new WriteProgress(context, [{ size: 100e6 }], 0);
	const sizes = [0.01, 0.01, 0.1, 0.01, 0.01, 0.3, 0.3, 0.3, 0.3].map((took) => {
		const { size } = progress;
		now += took;
		progress.add(size);
		return size / KiB;
	});
	expect(sizes).toEqual([64, 128, 256, 256, 512, 512, 256, 128, 64]);
});
