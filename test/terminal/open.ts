import { expect, onTestFinished } from 'vitest';
import { newState, Screen } from './screen.ts';

/** Opens the console on a terminal of some size, for the time of a test. */
export function open(
	args: readonly string[],
	[columns, rows]: readonly [number, number] = [80, 24],
	state = newState(),
): Screen {
	const screen = new Screen(args, state, columns, rows);
	onTestFinished(() => screen.close());
	return screen;
}

/** Quits by its key and sees that the terminal is given back. */
export async function quit(screen: Screen): Promise<void> {
	screen.type('q');
	await screen.ended();
	expect(screen.exit).toBe(0);
	expect(screen.alternate).toBe(false);
}
