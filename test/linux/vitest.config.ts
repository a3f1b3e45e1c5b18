import { defineConfig } from 'vitest/config';

/** Run inside the guest (bed/run.sh): one file after the other, for there is one USB. */
export default defineConfig({
	test: {
		include: ['test/linux/*.test.ts'],
		setupFiles: ['test/setup.ts'],
		fileParallelism: false,
		reporters: ['verbose'],
		// Nothing is timed: this only ends what hangs, in an emulated machine.
		testTimeout: 180_000,
		hookTimeout: 60_000,
	},
});
