import { describe, expect, it } from 'vitest';
import { openAny } from '../../source/recording/file/open-any.ts';
import { lastChange } from '../../source/recording/log/last-change.ts';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import { momentAt, scrubberRow } from '../../source/ui/app/scrubber-row.ts';
import { find, Palette, type PaletteItem } from '../../source/ui/components/Palette.tsx';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { widthOf } from '../../source/ui/text/lines.ts';
import { readMoment } from '../../source/ui/text/moment.ts';
import { FakeSession } from './fake-session.ts';
import { createTestConsole, settled } from './test-console.tsx';

/** A whole flash, looked through. */
async function opened(path = 'recordings/sahara-firehose.ndjson') {
	const session = await ReplaySession.open(path);
	const { length } = (await openAny(path)).events;
	for (let turn = 0; turn < length; turn++) await settled();
	const console = createTestConsole({ session: session as unknown as FakeSession, view: 'flash' });
	return { session, player: session.player, ...console };
}
const plain = createAppearance({ color: false, ascii: true });

describe('a moment', () => {
	const started = new Date(2026, 2, 4, 17, 54, 0, 500).toISOString();
	const span = { t: 60, end: 3000, started };
	it.each([
		['83.5', 83.5],
		['1:23,5', 83.5],
		['0:01:23', 83],
		['+5', 65],
		['-2.5', 57.5],
		['17:54:03.5', 3],
		['18:40:00', 2759.5],
		['23:00:00', 82_800],
		['', undefined],
		['phase', undefined],
		['1:2:3:4', undefined],
		['5-', undefined],
	])('is written %s', (typed, t) => {
		expect(readMoment(typed, span)).toBe(t);
	});
});

describe('the scrubber', () => {
	it('shows phases, marks and where the recording is, and is as wide as the screen', async () => {
		const { session, player } = await opened();
		player.seek(player.end / 2);
		for (const width of [60, 80, 200]) {
			const { row, bar } = scrubberRow(plain, session, width)!;
			expect(widthOf(row)).toBe(width);
			expect(momentAt(bar.left, player.end, bar)).toBe(0);
			expect(momentAt(bar.left + bar.width - 1, player.end, bar)).toBe(player.end);
			expect(momentAt(bar.left - 1, player.end, bar)).toBeUndefined();
		}
		const { row } = scrubberRow(plain, session, 200)!;
		expect(row).toMatch(/\|.*m.*\|/);
		expect(row).toMatch(/ {2}reboot {2}\+\d+\.\d{3} s $/);
	});

	it('stands over the hints where there is room', async () => {
		const { rows, resize, session } = await opened();
		expect(rows().at(-2)).toMatch(/^ 00:00\.\d{3} .* 0\d:\d\d\.\d{3}/);
		resize(60, 16);
		expect(rows().at(-2)).not.toContain('00:00.');
		expect(session.player.overview?.phases.map(({ phase }) => phase)).toContain('commit');
	});
});

describe('J', () => {
	it('goes to a time that is typed', async () => {
		const { press, type, player, text } = await opened();
		await press('J');
		await type('0:03.5');
		expect(text()).toContain('>Go to 00:03.500 of');
		await press('enter');
		expect(player.t).toBe(3.5);
		await press('J');
		await type('+1');
		await press('enter');
		expect(player.t).toBe(4.5);
	});

	it('goes to a phase, a mark and the end by a word', async () => {
		const { press, type, player, text } = await opened();
		const of = (wanted: string) => player.overview!.phases.find(({ phase }) => phase === wanted)!.t;
		await press('J');
		await type('commit');
		await press('enter');
		expect(player.t).toBe(of('commit'));
		await press('J');
		await type('listening');
		expect(text()).toContain('Phase connect, listening for HELLO');
		await press('esc');
		await press('J');
		await type(player.marks[0]!.text.slice(0, 12));
		await press('enter');
		expect(player.t).toBe(player.marks[0]!.t);
		await press('J');
		await type('the end');
		await press('enter');
		expect(player.t).toBe(player.end);
	});
});

describe('what is found while a word is typed', () => {
	const words = ['reset', 'Reset the modem', 'test', 'tree', 'mark a reset', 'r e s e t', 'set'];
	const items = words.map((name, index): PaletteItem => {
		const item = { name, note: '', words: ['retest'].slice(index % 2), run: () => {} };
		return index % 3 === 0 ? { ...item, reason: 'not now' } : item;
	});

	it('is what is found for the whole word, also after letters were taken back', () => {
		const palette = new Palette('', items, () => {});
		const found = () => palette.render({ width: 80, height: 24 }).props.found;
		for (const [letter, typed] of [
			['r', 'r'],
			['e', 're'],
			['s', 'res'],
			['backspace', 're'],
			['t', 'ret'],
			['backspace', 're'],
			['backspace', 'r'],
			['backspace', ''],
			['s', 's'],
			['e', 'se'],
		] as const) {
			palette.key(letter);
			expect(found()).toEqual(find(items, typed));
		}
	});
});

describe('a seek beyond what is read', () => {
	it('is not cut short there, and the header says where it reads on to', async () => {
		const session = new FakeSession();
		const size = [120, 30] as const;
		const { press, type, text, context } = createTestConsole({ session, size });
		session.play({ t: 0, end: 60, isReading: true });
		context.publish();
		await press('J');
		await type('1:23:');
		expect(text()).toContain('>Go to 01:23.000 of');
		await type('45');
		expect(text()).toContain('>Go to 1:23:45.000 of');
		await press('enter');
		expect(session.asked).toContain('seek 5025');
		session.play({ t: 60, end: 60, isReading: true, awaited: 5025 });
		context.publish();
		await settled();
		expect(text()).toContain('replay reading on to 1:23:45 01:00/01:00');
		session.play({ t: 5025, end: 6000, isReading: true });
		context.publish();
		await settled();
		expect(text()).not.toContain('reading on');
	});
});

describe('errors of a recording', () => {
	it('are gone to before they were played, as seen from the moment', async () => {
		const { press, player, session } = await opened('recordings/spoiled-loader.ndjson');
		const wrong = player.overview!.remarks.all.filter(({ severity }) => severity !== 'note');
		expect(wrong.length).toBeGreaterThan(1);
		expect(session.remarks.all).toEqual([]);
		await press(')');
		expect(player.t).toBe(wrong[0]!.place.t);
		player.seek(player.end);
		await press('(');
		expect(player.t).toBe(wrong.findLast(({ place }) => place.t < player.end)?.place.t);
	});
});

describe('R', () => {
	it('goes back to the frame where the chosen field got its value, and from there further', async () => {
		const { press, player, session, context, text } = await opened('recordings/qdl.ndjson');
		player.seek(player.end);
		const writes = session.traffic.frames.filter(
			({ name }) => name.startsWith('UFWRITE') && !name.includes('RSP'),
		);
		const last = writes.at(-1)!;
		await press('1', '4');
		context.view.goTo?.({ t: last.t, among: 'traffic', frame: last.number });
		context.publish();
		const names = last.fields.map(({ name }) => name);
		for (let row = 0; row < names.indexOf('sequence'); row++) await press(']');
		await press('R');
		expect(player.t).toBe(writes.at(-2)!.t);
		expect(text()).toMatch(/frame \d+: sequence is .*; frame \d+ had/);
		await press('R');
		expect(player.t).toBe(writes.at(-3)!.t);
	});

	it('finds the first of those that say the same', async () => {
		const { session, player } = await opened('recordings/qdl.ndjson');
		player.seek(player.end);
		const { frames } = session.traffic;
		const writes = frames.filter(({ name }) => name.startsWith('UFWRITE') && !name.includes('RSP'));
		const field = writes.at(-1)!.fields.find(({ name }) => name === 'reserved')!;
		const change = lastChange(session.traffic, writes.at(-1)!, field)!;
		// UFOPEN has one too, and it says the same.
		expect(change.frame.name).toContain('UFOPEN');
		expect(change.before).toBeUndefined();
		expect(lastChange(session.traffic, change.frame, field)).toBeUndefined();
	});
});
