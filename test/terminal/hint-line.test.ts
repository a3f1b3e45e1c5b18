import { expect, it } from 'vitest';
import { open, quit } from './open.ts';
import type { Screen } from './screen.ts';

/** What a person reads in the last row; he knows nothing else. Of a line that is typed: how to send it. */
const lead = (screen: Screen) =>
	/^ ?(?:Next: (\S+) |(⏎) send )/.exec(lastRow(screen))?.slice(1).find(Boolean);
const lastRow = (screen: Screen) => screen.text.trimEnd().split('\n').at(-1) ?? '';

/** What a dialog that is open asks for: a password that it names, a word to type, or a choice. */
function answer(screen: Screen): string | undefined {
	const [, password] = /factory password is (\w+)/.exec(screen.text) ?? [];
	if (password) return `${password}\r`;
	const [, word] = /Type (?:its model, one of |(?=\w+ to ))(\w+)/.exec(screen.text) ?? [];
	if (word) return `${word}\r`;
	return /Esc (?:cancel|close)/.test(screen.text) ? '\r' : undefined;
}

const flashed = /Done: the modem runs [\w.]+ and stayed up/;
/** All of its state was read, and nothing in that keeps the radio off. */
const isOnline = /application runs[\s\S]*> AT!CUSTOM\?/;

/** Presses what the hint line leads with, and answers what is asked, until the modem is well. */
async function follow(screen: Screen, done: RegExp): Promise<string[]> {
	const pressed: string[] = [];
	for (let turn = 0; turn < 400 && !done.test(screen.text); turn++) {
		const asked = answer(screen);
		const key = asked ?? lead(screen);
		if (key !== undefined) {
			pressed.push(key);
			const before = screen.text;
			screen.type(key === '⏎' ? '\r' : key);
			await screen.until(() => screen.text !== before, 5, 'an answer to a key').catch(() => {});
		}
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	return pressed;
}

it.each([
	// Its window is two seconds: at this speed a sixth of one.
	['boot-loop', 12, flashed],
	['loader', 20, flashed],
	['stuck', 20, flashed],
	['spoiled', 20, flashed],
	['loader-qdl', 20, flashed],
	['low-power', 20, isOnline],
] as const)(
	'%s: who follows the hint line recovers it',
	async (scenario, speed, done) => {
		const screen = open(['--demo', scenario, '--speed', String(speed)], [100, 30]);
		const pressed = await follow(screen, done);
		expect(screen.text, pressed.join(' ')).toMatch(done);
		await quit(screen);
	},
	120_000,
);
