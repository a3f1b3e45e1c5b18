import { defineConfig } from 'vitest/config';

/** These play simulated modems faster than real, against the clock of this machine. */
const withModems = ['at', 'attack', 'commands', 'flash', 'guard', 'release', 'session', 'terminal'];
const filesIn = (folders: string) => `test/${folders}/**/*.test.{ts,tsx}`;
const fast = filesIn(`{${withModems.join(',')}}`);

export default defineConfig({
	test: {
		// These want a kernel with USB: npm run test:linux brings one.
		exclude: ['test/linux/**'],
		setupFiles: ['test/setup.ts'],
		// The tests in a terminal wait for modems most of the time: even two cores carry six files at once.
		maxWorkers: 6,
		// Nothing is timed: this only ends what hangs, on a machine that may be busy.
		testTimeout: 60_000,
		projects: [
			{
				extends: true,
				// At twenty times its pace a modem may give up a host that had no turn for a quarter of a
				// second. What fails twice is a fault; vitest names what passed at its second try.
				test: { name: 'modems', include: [fast], retry: 1 },
			},
			{
				extends: true,
				test: {
					name: 'rooms',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: ['test/linux/**', fast],
				},
			},
		],
	},
});
