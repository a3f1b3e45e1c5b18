import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// These want a kernel with USB: npm run test:linux brings one.
		exclude: ['test/linux/**'],
		setupFiles: ['test/setup.ts'],
		// The tests in a terminal wait for modems most of the time: even two cores carry six files at once.
		maxWorkers: 6,
		// At twenty times its pace a simulated modem may give up a host that had no turn for a quarter of a
		// second. What fails twice is a fault; vitest names what passed at its second try.
		retry: 1,
		// Nothing is timed: this only ends what hangs, on a machine that may be busy.
		testTimeout: 60_000,
	},
});
