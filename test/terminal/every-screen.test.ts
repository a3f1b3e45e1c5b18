import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Stop, stops } from '../ui/stops.ts';
import { arrive } from '../ui/test-console.tsx';
import { built } from './built.ts';
import { newState, Screen } from './screen.ts';

// The screens show local times.
process.env.TZ = 'UTC';

type Size = readonly [columns: number, rows: number];
const all: readonly Size[] = [
	[80, 24],
	[140, 45],
	[60, 16],
	[200, 60],
	[100, 30],
];
const views = ['usb', 'at', 'firmware', 'flash-plan', 'recordings'];

const bytes: Readonly<Record<string, string>> = {
	tab: '\t',
	enter: '\r',
	down: '\u001b[B',
	'shift-up': '\u001b[1;2A',
	'ctrl-r': '\u0012',
};

let program = '';
beforeAll(async () => {
	program = await built('stop-console.tsx');
});

/** The screen of a terminal that has been through other sizes is what the console draws for this one. */
async function expectScreen(screen: Screen, stop: Stop, size: Size): Promise<void> {
	const wanted = (await arrive(stop, size)).text();
	const shown = () => screen.lines.map((line) => line.trimEnd()).join('\n');
	const isThere = () => shown() === wanted;
	await screen.until(isThere, 10, `${stop.name} at ${size}`).catch(() => {});
	expect(shown(), `${stop.name} at ${size}`).toBe(wanted);
	expect(screen.wraps).toBe(false);
}

it.each(stops)('$name is on a real terminal what it should be, at every size', async (stop) => {
	const sizes = views.includes(stop.name) ? all : all.slice(0, 2);
	const [first = all[0]!] = sizes;
	const screen = new Screen([], newState(), ...first, {
		command: [process.execPath, program, stop.name],
	});
	onTestFinished(() => screen.close());
	await expectScreen(screen, { ...stop, keys: [] }, first);
	for (const key of stop.keys ?? []) {
		screen.type(key.startsWith('"') ? key.slice(1, -1) : (bytes[key] ?? key));
	}
	for (const size of sizes) {
		screen.resize(...size);
		await expectScreen(screen, stop, size);
	}
});

it('takes the keys before its first frame asks for one', async () => {
	const command = [process.execPath, program, 'usb'];
	const screen = new Screen([], newState(), 80, 24, { command });
	onTestFinished(() => screen.close());
	await screen.shows(/\[1 USB\]/);
	screen.type('q');
	await screen.shows(/raw at the first frame: true/);
});
