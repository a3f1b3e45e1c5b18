/** Loaded before the program with --import: breaks it, or measures it, when the test says so. */
import { closeSync, readFileSync, writeFileSync } from 'node:fs';

const { SABOTAGE, STALLS } = process.env;

process.on('SIGUSR2', () => {
	if (SABOTAGE === 'exception') throw new Error('a fault from the test');
	if (SABOTAGE === 'rejection') void Promise.reject(new Error('a fault from the test'));
	if (SABOTAGE === 'stdout') {
		closeSync(1);
		process.stdout.destroy();
	}
	if (SABOTAGE === 'exit') process.exit(3);
	if (STALLS) {
		worst = 0;
		writeFileSync(STALLS, '0');
	}
});

/**
 * The longest time, in milliseconds, that the program held up its own events, since it was last told
 * to forget. The time in which the machine was busy with others is not its fault, and left out.
 */
let worst = 0;
if (STALLS) {
	const every = 5;
	const waited = () => Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
	let last = { at: performance.now(), waited: waited() };
	setInterval(() => {
		const now = { at: performance.now(), waited: waited() };
		const late = now.at - last.at - every - (now.waited - last.waited);
		last = now;
		if (late <= worst) return;
		worst = late;
		writeFileSync(STALLS, String(worst));
	}, every).unref();
}
