/** Loaded before the program with --import: breaks it, or measures it, when the test says so. */
import { closeSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const { SABOTAGE, STALLS } = process.env;

process.on('SIGUSR2', () => {
	if (SABOTAGE === 'exception') throw new Error('a fault from the test');
	if (SABOTAGE === 'rejection') void Promise.reject(new Error('a fault from the test'));
	if (SABOTAGE === 'stdout') {
		closeSync(1);
		process.stdout.destroy();
	}
	if (SABOTAGE === 'exit') process.exit(3);
	if (STALLS) tell(STALLS);
});

/**
 * The longest time, in milliseconds, that the program held up its own events, since it was last asked.
 * The time in which the machine was busy with others is not its fault, and left out.
 */
let worst = 0;
const every = 5;
const waited = () => Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
let last = { at: performance.now(), waited: waited() };

function look(): void {
	const now = { at: performance.now(), waited: waited() };
	worst = Math.max(worst, now.at - last.at - every - (now.waited - last.waited));
	last = now;
}

function tell(path: string): void {
	look();
	writeFileSync(`${path}.new`, String(worst));
	renameSync(`${path}.new`, path);
	worst = 0;
}

if (STALLS) setInterval(look, every).unref();
