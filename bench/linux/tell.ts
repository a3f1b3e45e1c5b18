import { writeSync } from 'node:fs';

/** A line of the table, past the frames that a test's output gets. */
export const tell = (what: string, figure: string): void =>
	void writeSync(2, `${what.padEnd(52)} ${figure}\n`);
