import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import { KeyParser } from '../../source/ui/terminal/key-parser.ts';
import { terminalColors } from '../../source/ui/text/theme.ts';
import { flashing, looping, replaying } from './sessions.ts';
import { createTestConsole, settled } from './test-console.tsx';

const state = mkdtempSync(join(tmpdir(), 'ms-ui-'));
beforeAll(() => {
	process.env.XDG_STATE_HOME = state;
});

/** What a terminal sends, as the console takes it. */
function give({ context }: ReturnType<typeof createTestConsole>, text: string) {
	for (const input of new KeyParser().push(text)) context.input(input);
}

describe('keys', () => {
	it('goes to the views with F-keys, in a burst too', () => {
		const console = createTestConsole({ session: looping() });
		give(console, '\u001bOQ\u001bOR\u001bOS');
		expect(console.text()).toContain('[4 Flash]');
		give(console, '\u001b[15~');
		expect(console.text()).toContain('[5 Recordings]');
		give(console, '\u001bOP\u001b2');
		expect(console.text()).toContain('[2 AT]');
	});

	it('loses none of a burst that goes through views, panes and lists', () => {
		const console = createTestConsole({ session: looping() });
		give(console, '4v+\u001b[A1\tf!x\r5');
		expect(console.text()).toContain('[5 Recordings]');
		expect(console.context.views.flash.list?.filter).toBe('');
		give(console, '1\t');
		expect(console.context.views.usb.list?.filter).toBe('!x');
	});

	it('moves in a view that was not drawn yet', () => {
		const console = createTestConsole({ session: flashing() });
		give(console, '4v+gj');
		expect(console.text()).toMatch(/> +60\.200 │◀/);
	});

	it('goes one level back with each Esc: selection, search, filter, zoom', async () => {
		const console = createTestConsole({ session: looping() });
		await console.press('f');
		await console.type('type:came');
		await console.press('enter', '/');
		await console.type('app');
		await console.press('enter', '+', 'V');
		const left = [];
		for (let esc = 0; esc < 5; esc++) {
			left.push(/─ USB events ─*(.*)$/m.exec(console.text())?.[1]?.trim());
			await console.press('esc');
		}
		expect(left).toEqual([
			'f type:came (5)  /app  1 selected',
			'f type:came (5)  /app',
			'f type:came (5)',
			'',
			'',
		]);
		expect(console.context.isZoomed).toBe(false);
	});
});

describe('copying', () => {
	it('sends what is selected to the clipboard and to a file, without serial numbers', async () => {
		const console = createTestConsole({ session: looping(), view: 'at' });
		await console.press('g', 'down', 'down', 'shift-down', 'shift-down', 'shift-down', 'y');
		await vi.waitFor(() => expect(console.text()).toContain('4 lines copied'), { timeout: 10_000 });
		const folder = join(state, 'modemscope/copied');
		const [name] = readdirSync(folder);
		const text = readFileSync(join(folder, name!), 'utf8');
		expect(text).toMatch(/> ATI\n.*Manufacturer.*\n.*RC7620\n.*IMEI: \*+#1\n$/);
		expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600);
		const [osc] = console.written;
		const sent = /^\u001b\]52;c;(.*)\u0007$/.exec(osc!)?.[1];
		expect(Buffer.from(sent!, 'base64').toString()).toBe(text);
		expect(console.text()).toMatch(/4 lines copied to the clipboard.*\n?.*copied\/.*\n?.*masked/);
	});

	it('copies a frame with its fields', async () => {
		const console = createTestConsole({ session: looping(), view: 'flash' });
		await console.press('tab');
		const rows = console.context.view.copied?.() ?? [];
		expect(rows[0]).toMatch(/^2 {2}60\.200 {2}<- 48 {2}Sahara HELLO.* 01 00 00 00 30/);
		expect(rows).toContain('mode  u32 LE  2 MEMORY_DEBUG');
	});
});

describe('the mouse', () => {
	it('is off until it is asked for, and gives the terminal its selection back', async () => {
		const console = createTestConsole({ session: looping() });
		expect(console.raw().join('')).not.toContain('\u001b[999');
		await console.press('M');
		expect(console.written).toEqual(['\u001b[?1000h\u001b[?1006h']);
		expect(console.raw().join('')).not.toContain('\u001b[999');
		await console.context.end();
		expect(console.written.at(-1)).toBe('\u001b[?1006l\u001b[?1000l');
	});

	it.each([
		[80, 24],
		[140, 45],
	])(
		'chooses the row and the tab that are clicked, and scrolls: %i x %i',
		async (width, height) => {
			const console = createTestConsole({ session: looping(), size: [width, height] });
			await console.press('M', 'esc');
			const row = () => console.rows().findIndex((text) => text.includes('17:54:38.400  +'));
			const at = row();
			give(console, `\u001b[<0;20;${at + 1}M`);
			expect(console.rows()[at]).toContain('>17:54:38.400');
			give(console, `\u001b[<64;20;${at + 1}M`);
			expect(console.text()).toContain('>17:54:24.200  +');
			give(console, '\u001b[<0;34;1M');
			expect(console.text()).toContain('[4 Flash]');
		},
	);

	it('chooses in a dialog, and not in what lies under it', async () => {
		const console = createTestConsole({ session: looping() });
		await console.press('M', 'D');
		const at = console.rows().findIndex((text) => text.includes('healthy'));
		give(console, `\u001b[<0;20;${at + 1}M`);
		expect(console.rows()[at]).toContain('>healthy');
		give(console, '\u001b[<0;2;4M');
		expect(console.text()).toContain('Which modem do you want to simulate?');
	});
});

describe('marks', () => {
	it('bookmarks a frame, which its row then shows', async () => {
		const session = looping();
		const console = createTestConsole({ session, view: 'flash' });
		await console.press('b');
		expect(session.asked[0]).toMatch(/^mark frame 2 Sahara HELLO/);
		session.add({ t: 62, source: 'person', type: 'mark', text: session.asked[0]!.slice(5) });
		expect(console.text()).toMatch(/>0002 .* 48 +\*Sahara/);
	});

	it('keeps notes and bookmarks of a replay beside the recording', async () => {
		const path = join(state, 'a.ndjson');
		copyFileSync('recordings/missed-hello.ndjson', path);
		const session = await ReplaySession.open(path);
		onTestFinished(() => session.end());
		session.player.seek(session.player.end);
		const console = createTestConsole({ session, view: 'flash' });
		const isSaid = () => expect(console.text()).toContain('Marked in a.ndjson.marks');
		await console.press('m');
		await console.type('look here');
		await console.press('enter');
		await vi.waitFor(isSaid);
		await console.press('b');
		await vi.waitFor(isSaid);
		expect(console.text()).toMatch(/>\d+ .*\*/);

		const again = await ReplaySession.open(path);
		onTestFinished(() => again.end());
		const texts = again.player.marks.map(({ text }) => text);
		expect(texts).toContain('look here');
		expect(texts).toContainEqual(expect.stringMatching(/^frame \d+ /));
	});

	it('goes from mark to mark in a replay, and says where there is none', async () => {
		const session = replaying();
		const console = createTestConsole({ session });
		await console.press('}');
		await console.press('{');
		expect(session.asked).toEqual(['seek 140', 'seek 61']);
		session.player = { ...session.player!, t: 150 };
		await console.press('}');
		expect(console.text()).toContain('There is no mark behind this moment.');
	});
});

it('keeps the frame between the list and the diagram, and goes back to the list', async () => {
	const console = createTestConsole({ session: flashing(), view: 'flash' });
	await console.press('g', 'down', 'v');
	expect(console.text()).toMatch(/> +60\.200 │◀/);
	expect(console.text()).toContain('Frame 2 ');
	await console.press('down', 'down');
	expect(console.text()).toContain('Frame 42 ');
	await console.press('v');
	expect(console.text()).toContain('>0042');
	await console.press('f');
	await console.type('!type:payload');
	await console.press('enter', 'v');
	expect(console.text()).toMatch(/─ Ladder .* f !type:payload/);
	expect(console.text()).not.toContain('blocks');
});

it('changes its colours for the other background, and says nothing by colour alone', async () => {
	const console = createTestConsole({ session: flashing(), view: 'flash' });
	const dark = console.raw().join('');
	await console.press('T', 'esc');
	expect(console.raw().join('')).not.toBe(dark);
	const plain = createTestConsole({ session: flashing(), view: 'flash', color: false });
	expect(plain.raw().join('')).not.toMatch(/\u001b\[[\d;]*3\d/);
	expect(plain.rows()).toEqual(createTestConsole({ session: flashing(), view: 'flash' }).rows());
	await settled();
});

it.each([
	[{ TERM: 'xterm' }, '16', 'dark'],
	[{ TERM: 'xterm-256color', COLORFGBG: '0;15' }, '256', 'light'],
	[{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'true', 'dark'],
	[{ TERM: 'xterm-256color', COLORTERM: 'truecolor', SSH_CONNECTION: 'x' }, '16', 'dark'],
	[{ TERM: 'xterm', NO_COLOR: '1' }, 'none', 'dark'],
])('takes from %o %s colours, %s', (env, depth, background) => {
	expect(terminalColors(env)).toEqual({ depth, background });
});
