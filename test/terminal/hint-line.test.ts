import { expect, it } from 'vitest';
import { open, quit } from './open.ts';
import type { Screen } from './screen.ts';

/** What a person reads in the last row; he knows nothing else. */
const lead = (screen: Screen) => /^ ?Next: (\S+) (.*?)(?: {2}|$)/.exec(lastRow(screen))?.[1];
const lastRow = (screen: Screen) => screen.text.trimEnd().split('\n').at(-1) ?? '';

/** What a dialog that is open asks for: a word to type, or a choice. */
function answer(screen: Screen): string | undefined {
	const [, word] = /Type (?:its model, one of )?(\w+)/.exec(screen.text) ?? [];
	if (word) return `${word}\r`;
	return /Esc cancel/.test(screen.text) ? '\r' : undefined;
}

const done = /Done: the modem runs [\w.]+ and stayed up/;

/** Presses what the hint line leads with, and answers what is asked, until the flash is done. */
async function follow(screen: Screen): Promise<string[]> {
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

it.each([['boot-loop'], ['loader'], ['spoiled'], ['loader-qdl']])(
	'%s: who follows the hint line recovers it',
	async (scenario) => {
		const screen = open(['--demo', scenario, '--speed', '12'], [100, 30]);
		const pressed = await follow(screen);
		expect(screen.text, pressed.join(' ')).toMatch(done);
		await quit(screen);
	},
	120_000,
);
