/** Loaded before the program with --import: breaks it, or measures it, when the test says so. */
import { closeSync, writeFileSync } from 'node:fs';

const { SABOTAGE, STALLS } = process.env;

process.on('SIGUSR2', () => {
	if (SABOTAGE === 'exception') throw new Error('a fault from the test');
	if (SABOTAGE === 'rejection') void Promise.reject(new Error('a fault from the test'));
	if (SABOTAGE === 'stdout') {
		closeSync(1);
		process.stdout.destroy();
	}
	if (SABOTAGE === 'exit') process.exit(3);
	if (STALLS) worst = 0;
});

/** The longest time, in milliseconds, that the program did nothing else, since it was last told to forget. */
let worst = 0;
if (STALLS) {
	const every = 5;
	let last = performance.now();
	setInterval(() => {
		const now = performance.now();
		const late = now - last - every;
		last = now;
		if (late <= worst) return;
		worst = late;
		writeFileSync(STALLS, String(worst));
	}, every).unref();
}
