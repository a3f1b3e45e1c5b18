import { defineConfig } from 'vitest/config';

/** Measured one after the other, on a kernel with nothing else to do. */
export default defineConfig({
	test: {
		include: ['bench/linux/*.bench.ts'],
		fileParallelism: false,
		testTimeout: 3_600_000,
	},
});
