import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The start of a process that runs, clock ticks after boot; undefined when none of that number does. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
	try {
		return startIn(await readFile(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return undefined;
	}
}

export function startTimeNow(pid: number): string | undefined {
	try {
		return startIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return undefined;
	}
}

function startIn(stat: string): string | undefined {
	// The name, in brackets, may hold blanks; the state is field 3, the start time field 22.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	// What is dead and waits for its parent to notice runs no more.
	return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** A process by its number and its start: a number alone may be another process's by now. */
export type ProcessId = { readonly pid: number; readonly startTime: string };

/** Without proc the number alone has to do. */
export async function isAlive({ pid, startTime }: ProcessId): Promise<boolean> {
	const found = await startTimeOf(pid);
	return found === undefined ? startTime === '' && answersTo(pid) : found === startTime;
}

function answersTo(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
