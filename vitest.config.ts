import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Nothing is timed: this only ends what hangs, on a machine that may be busy.
		testTimeout: 60_000,
	},
});
