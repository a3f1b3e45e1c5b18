/** What every measurement needs: a screen of its own, figures of a process, and an end without leftovers. */
import { readdirSync, readFileSync } from 'node:fs';
import { newState, Screen } from '../test/terminal/screen.ts';

export const columns = 120;
export const rows = 40;

export const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[values.length >> 1]!;
export const say = (what: string, figure: string): void =>
	console.log(`${what.padEnd(52)} ${figure}`);
export const sleep = (seconds: number): Promise<void> =>
	new Promise((wake) => setTimeout(wake, seconds * 1000));

const screens: { screen: Screen; state: string }[] = [];

/** The program, or another one, in a terminal of its own. */
export function open(
	args: readonly string[],
	{ command, state = newState() }: { command?: readonly string[]; state?: string } = {},
): Screen {
	const screen = new Screen(args, state, columns, rows, command ? { command } : {});
	screens.push({ screen, state });
	return screen;
}

/** Ends what was opened, and the rehearsals and flashes that it has started: they know their state's folder. */
export function closeAll(): void {
	const states = screens.map(({ state }) => `XDG_STATE_HOME=${state}`);
	for (const { screen } of screens.splice(0)) screen.close();
	for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
		try {
			const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
			if (states.some((state) => environment.includes(state)))
				process.kill(Number(name), 'SIGKILL');
		} catch {
			// It has ended by itself, or is not ours to see.
		}
	}
}

/** CPU seconds that a process has used, user and system. */
export function cpuOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Megabytes that a process holds in memory. */
export function memoryOf(pid: number): string {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
	return `${(kilobytes / 1000).toFixed(0)} MB`;
}

/** Bytes a second to the terminal, and the share of a core, over some seconds. */
export async function load(screen: Screen, seconds: number): Promise<string> {
	const before = { bytes: screen.written, cpu: cpuOf(screen.pid) };
	await sleep(seconds);
	const rate = (screen.written - before.bytes) / seconds;
	const share = ((cpuOf(screen.pid) - before.cpu) / seconds) * 100;
	return `${rate.toFixed(0).padStart(7)} B/s  ${share.toFixed(1).padStart(5)} % of a core`;
}
