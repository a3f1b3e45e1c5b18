import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { paletteItems } from '../../source/ui/actions/global-dialogs.ts';
import { actions } from '../../source/ui/app/actions.ts';
import { KeyReader } from '../../source/ui/terminal/key-parser.ts';
import { terminalColors } from '../../source/ui/text/theme.ts';
import { viewNames } from '../../source/ui/views/view.ts';
import { FakeSession, unfinished } from './fake-session.ts';
import { flashing, looping, openStage, planned, replaying, settled } from './test-console.ts';

const state = mkdtempSync(join(tmpdir(), 'ms-ui-'));
beforeAll(() => {
	process.env.XDG_STATE_HOME = state;
});

/** What a terminal sends, as the console takes it. */
function give({ desk }: ReturnType<typeof openStage>, text: string) {
	for (const input of new KeyReader().push(text)) desk.input(input);
}

describe('keys', () => {
	it('goes to the views with F-keys, in a burst too', () => {
		const stage = openStage({ session: looping() });
		give(stage, '\u001bOQ\u001bOR\u001bOS');
		expect(stage.text()).toContain('[4 Flash]');
		give(stage, '\u001b[15~');
		expect(stage.text()).toContain('[5 Recordings]');
		give(stage, '\u001bOP\u001b2');
		expect(stage.text()).toContain('[2 AT]');
	});

	it('loses none of a burst that goes through views, panes and lists', () => {
		const stage = openStage({ session: looping() });
		give(stage, '4v+\u001b[A1\tf!x\r5');
		expect(stage.text()).toContain('[5 Recordings]');
		expect(stage.desk.views.flash.cursor.filter).toBe('');
		give(stage, '1\t');
		expect(stage.desk.views.usb.cursor.filter).toBe('!x');
	});

	it('moves in a view that was not drawn yet', () => {
		const stage = openStage({ session: flashing() });
		give(stage, '4v+gj');
		expect(stage.text()).toMatch(/> +60\.200 │◀/);
	});

	it('reaches every action by a key, and by its name in the palette', () => {
		const sessions = [looping, planned, flashing, replaying].map((make) => make());
		sessions[1]!.armed = 'AT!BOOTHOLD';
		sessions[1]!.unfinished = unfinished;
		const bare = new FakeSession();
		const byKey = new Set<string>();
		const byName = new Set<string>();
		for (const session of [...sessions, bare]) {
			for (const view of viewNames) {
				const { desk } = openStage({ session, view });
				for (const isZoomed of [false, true]) {
					desk.isZoomed = isZoomed;
					for (const { name } of desk.actionsOf('view')) byKey.add(name);
					for (const { name } of paletteItems(desk)) byName.add(name);
				}
			}
		}
		const wanted = actions.filter(({ where }) => where !== 'typing').map(({ name }) => name);
		expect(wanted.filter((name) => !byKey.has(name))).toEqual([]);
		const hidden = wanted.filter((name) => !byName.has(name));
		expect(hidden).toEqual(['Find a thing to do']);
	});

	it('goes one level back with each Esc: selection, search, filter, zoom', async () => {
		const stage = openStage({ session: looping() });
		await stage.press('f');
		await stage.type('type:came');
		await stage.press('enter', '/');
		await stage.type('app');
		await stage.press('enter', '+', 'V');
		const left = [];
		for (let esc = 0; esc < 5; esc++) {
			left.push(/─ USB events ─*(.*)$/m.exec(stage.text())?.[1]?.trim());
			await stage.press('esc');
		}
		expect(left).toEqual([
			'f type:came (5)  /app  1 selected',
			'f type:came (5)  /app',
			'f type:came (5)',
			'',
			'',
		]);
		expect(stage.desk.isZoomed).toBe(false);
	});
});

describe('copying', () => {
	it('sends what is selected to the clipboard and to a file, without serial numbers', async () => {
		const stage = openStage({ session: looping(), view: 'at' });
		await stage.press('g', 'down', 'down', 'shift-down', 'shift-down', 'shift-down', 'y');
		await new Promise((resolve) => setTimeout(resolve, 50));
		const folder = join(state, 'modemscope/copied');
		const [name] = readdirSync(folder);
		const text = readFileSync(join(folder, name!), 'utf8');
		expect(text).toMatch(/> ATI\n.*Manufacturer.*\n.*RC7620\n.*IMEI: 35\*+\n$/);
		expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600);
		const [osc] = stage.written;
		const sent = /^\u001b\]52;c;(.*)\u0007$/.exec(osc!)?.[1];
		expect(Buffer.from(sent!, 'base64').toString()).toBe(text);
		expect(stage.text()).toMatch(/4 lines copied to the clipboard.*\n?.*copied\/.*\n?.*masked/);
	});

	it('copies a frame with its fields', async () => {
		const stage = openStage({ session: looping(), view: 'flash' });
		await stage.press('tab');
		const rows = stage.desk.view.copied?.() ?? [];
		expect(rows[0]).toMatch(/^2 {2}60\.200 {2}<- 48 {2}Sahara HELLO.* 01 00 00 00 30/);
		expect(rows).toContain('mode  u32 LE  2 MEMORY_DEBUG');
	});
});

describe('the mouse', () => {
	it('is off until it is asked for, and gives the terminal its selection back', async () => {
		const stage = openStage({ session: looping() });
		expect(stage.raw().join('')).not.toContain('\u001b[999');
		await stage.press('M');
		expect(stage.written).toEqual(['\u001b[?1000h\u001b[?1006h']);
		expect(stage.raw().join('')).not.toContain('\u001b[999');
		await stage.desk.end();
		expect(stage.written.at(-1)).toBe('\u001b[?1006l\u001b[?1000l');
	});

	it.each([
		[80, 24],
		[140, 45],
	])(
		'chooses the row and the tab that are clicked, and scrolls: %i x %i',
		async (width, height) => {
			const stage = openStage({ session: looping(), size: [width, height] });
			await stage.press('M', 'esc');
			const row = () => stage.rows().findIndex((text) => text.includes('17:54:38.400  +'));
			const at = row();
			give(stage, `\u001b[<0;20;${at + 1}M`);
			expect(stage.rows()[at]).toContain('>17:54:38.400');
			give(stage, `\u001b[<64;20;${at + 1}M`);
			expect(stage.text()).toContain('>17:54:24.200  +');
			give(stage, '\u001b[<0;34;1M');
			expect(stage.text()).toContain('[4 Flash]');
		},
	);

	it('chooses in a dialog, and not in what lies under it', async () => {
		const stage = openStage({ session: looping() });
		await stage.press('M', 'D');
		const at = stage.rows().findIndex((text) => text.includes('healthy'));
		give(stage, `\u001b[<0;20;${at + 1}M`);
		expect(stage.rows()[at]).toContain('>healthy');
		give(stage, '\u001b[<0;2;4M');
		expect(stage.text()).toContain('Which modem shall be rehearsed?');
	});
});

describe('marks', () => {
	it('bookmarks a frame, which its row then shows', async () => {
		const session = looping();
		const stage = openStage({ session, view: 'flash' });
		await stage.press('b');
		expect(session.asked[0]).toMatch(/^mark frame 2 Sahara HELLO/);
		session.add({ t: 62, source: 'person', type: 'mark', text: session.asked[0]!.slice(5) });
		expect(stage.text()).toMatch(/>0002 .* 48 +\*Sahara/);
	});

	it('goes from mark to mark in a replay, and says where there is none', async () => {
		const session = replaying();
		const stage = openStage({ session });
		await stage.press('}');
		await stage.press('{');
		expect(session.asked).toEqual(['seek 140', 'seek 61']);
		session.playing = { ...session.playing!, t: 150 };
		await stage.press('}');
		expect(stage.text()).toContain('There is no mark behind this moment.');
	});
});

it('keeps the frame when the look at it changes, and folds the ladder back', async () => {
	const stage = openStage({ session: flashing(), view: 'flash' });
	await stage.press('g', 'down', 'v');
	expect(stage.text()).toMatch(/> +60\.200 │◀/);
	expect(stage.text()).toContain('Frame 2 ');
	await stage.press('down', 'down');
	expect(stage.text()).toContain('Frame 42 ');
	await stage.press('v');
	expect(stage.text()).toContain('>0042');
	await stage.press('f');
	await stage.type('!type:payload');
	await stage.press('enter', 'v');
	expect(stage.text()).toMatch(/─ Ladder .* f !type:payload/);
	expect(stage.text()).not.toContain('blocks');
});

it('changes its colours for the other background, and says nothing by colour alone', async () => {
	const stage = openStage({ session: flashing(), view: 'flash' });
	const dark = stage.raw().join('');
	await stage.press('T', 'esc');
	expect(stage.raw().join('')).not.toBe(dark);
	const plain = openStage({ session: flashing(), view: 'flash', color: false });
	expect(plain.raw().join('')).not.toMatch(/\u001b\[[\d;]*3\d/);
	expect(plain.rows()).toEqual(openStage({ session: flashing(), view: 'flash' }).rows());
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
