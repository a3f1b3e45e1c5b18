import { expect, it } from 'vitest';
import { bootLoop, FakeSession } from './fake-session.ts';
import { openScreen } from './screen.tsx';

const looping = () => openScreen({ session: new FakeSession().add(...bootLoop(6)) });

it('measures from one row to another', async () => {
	const { press, text } = await looping();
	await press('g', 'x');
	expect(text()).toMatch(/A 17:54:10\.000 +X sets B on another row/);
	await press('G', 'X');
	expect(text()).toMatch(/A 17:54:10\.000 {2}B 17:55:23\.400 {2}73\.400 s/);
	expect(text()).toMatch(/app +6× min +2\.40 median +2\.40 max +2\.40 jitter +0\.00 s/);
	expect(text()).toMatch(/gone +5× min +11\.80 median +11\.80/);
});

it('moves the cursor from change to change, and the list with it', async () => {
	const { press, text } = await looping();
	await press('g', 'x', 'G', 'X', '[', '[', '[');
	expect(text()).toMatch(/B 17:55:06\.800 {2}56\.800 s/);
	expect(text()).toMatch(/>\S*17:55:06\.800 {2}\+/);
	expect(text()).toMatch(/app +4× /);
	await press(']');
	expect(text()).toMatch(/B 17:55:09\.200 {2}59\.200 s/);
	await press('G', 'X', ']');
	expect(text()).toContain('There is no other change of this port on that side.');
});

it('shows the time between the cursors alone, and Esc goes back step by step', async () => {
	const { press, text } = await looping();
	await press('z');
	expect(text()).toContain('Set cursor A (x) and cursor B (X) on two rows first.');
	await press('g', 'x', 'down', 'X', 'z');
	expect(text()).toContain('From A to B, 2.400 s');
	expect(text()).toMatch(/3-1 +A█+B/);
	await press('esc');
	expect(text()).toMatch(/Last \d+ s/);
	expect(text()).toContain('2.400 s');
	await press('esc');
	expect(text()).not.toContain('2.400 s');
});

it('draws no row too wide at any size, and says what it leaves out', async () => {
	for (const [columns, rows] of [
		[60, 16],
		[80, 24],
		[200, 60],
	] as const) {
		const session = new FakeSession().add(...bootLoop(6));
		const screen = await openScreen({ session, columns, rows });
		await screen.press('g', 'x', 'G', 'X', 'w');
		expect(screen.tooWide()).toEqual([]);
		expect(screen.text()).toMatch(/phase|more rows in a higher terminal/);
	}
});
