import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../source/ui/actions/copying.ts';
import { Cursor, listNote, listRows } from '../../source/ui/components/list.ts';
import { parseFilter } from '../../source/ui/list/filter.ts';
import { Numbered } from '../../source/ui/list/numbered.ts';
import { createLook } from '../../source/ui/text/appearance.ts';
import { bare } from '../../source/ui/text/lines.ts';

const look = createLook({ color: true, ascii: false });

type Drawing = { first?: number; end: number; height?: number; source?: unknown };

function draw(cursor: Cursor, { first = 0, end, height = 5, source }: Drawing) {
	const looked: number[] = [];
	const rows = listRows(look, {
		cursor,
		first,
		end,
		size: { width: 20, height },
		focused: true,
		row: (index) => `row ${index}`,
		about: (index) => {
			looked.push(index);
			return { text: `row ${index}`, fields: { kind: index % 3 === 0 ? 'third' : 'other' } };
		},
		fields: ['kind'],
		source,
	});
	return { rows, looked, text: rows.map((row) => bare(row).trimEnd()) };
}

describe('the filter', () => {
	const hello = { text: 'Sahara HELLO mode 2', fields: { protocol: 'Sahara', dir: 'in' } };
	it.each([
		['hello', true],
		['hello mode', true],
		['protocol:sahara dir:in', true],
		['dir:out', false],
		['!dir:out', true],
		['!hello', false],
		['"mode 2"', true],
		['"2 mode"', false],
		['path:3-1', false],
		['!path:3-1', true],
		['protocol:', true],
	])('%s', (typed, passes) => {
		expect(parseFilter(typed)?.(hello) ?? true).toBe(passes);
	});

	it('shows what passes, moves among it, and looks at each item once', () => {
		const cursor = new Cursor({ follow: true });
		draw(cursor, { end: 1000 });
		cursor.filter = 'kind:third';
		expect(draw(cursor, { end: 1000 }).text.at(-1)).toBe('>row 999');
		const { looked } = draw(cursor, { end: 1003 });
		expect(looked).toEqual([1000, 1001, 1002]);
		cursor.move(-1);
		expect(cursor.at).toBe(999);
		expect(listNote(cursor)).toBe('f kind:third (335)');
		expect(cursor.back()).toBe(true);
		expect(listNote(cursor)).toBe('');
		expect(cursor.at).toBe(999);
	});

	it('forgets what the list has lost, and all of another list', () => {
		const cursor = new Cursor();
		draw(cursor, { end: 30, source: 'a' });
		cursor.filter = 'kind:third';
		expect(draw(cursor, { first: 20, end: 30, source: 'a' }).text[0]).toBe('>row 21');
		expect(draw(cursor, { end: 10, source: 'b' }).text.map((row) => row.slice(1))).toEqual([
			'row 0',
			'row 3',
			'row 6',
			'row 9',
		]);
	});

	it('sifts a long list in steps, and says that it is not done', () => {
		const cursor = new Cursor();
		let again = 0;
		const asking = { ...look, again: () => again++ };
		const options = { cursor, first: 0, end: 100_000, focused: true };
		const size = { width: 20, height: 5 };
		const drawn = () => listRows(asking, { ...options, size, row: (index) => `row ${index}` });
		drawn();
		cursor.filter = '99999';
		expect(bare(drawn()[0]!).trim()).toBe('Looking..');
		while (cursor.isSifting) drawn();
		expect(again).toBeGreaterThan(10);
		expect(bare(drawn()[0]!).trim()).toBe('>row 99999');
	});

	it('keeps its place and its order whatever comes and goes', () => {
		const step = fc.record({
			grow: fc.nat(40),
			drop: fc.nat(30),
			move: fc.integer({ min: -9, max: 9 }),
		});
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				const cursor = new Cursor({ follow: true });
				let first = 0;
				let end = 1;
				cursor.filter = 'kind:third';
				for (const { grow, drop, move } of steps) {
					end += grow;
					first = Math.min(end - 1, first + drop);
					const { text } = draw(cursor, { first, end });
					const shown = text.flatMap((row) =>
						/\d+/.exec(row) ? [Number(/\d+/.exec(row)![0])] : [],
					);
					expect(shown).toEqual(shown.toSorted((a, b) => a - b));
					expect(shown.every((item) => item % 3 === 0 && item >= first && item < end)).toBe(true);
					cursor.move(move);
				}
			}),
		);
	});
});

describe('a list', () => {
	it('searches round and round, and marks the hits', () => {
		const cursor = new Cursor();
		draw(cursor, { end: 100 });
		cursor.query = 'ROW 9';
		expect(cursor.find(1)).toBe(true);
		expect(cursor.at).toBe(9);
		expect(draw(cursor, { end: 100 }).rows.join('')).toContain('\u001b[4mrow 9\u001b[24m');
		cursor.find(-1);
		expect(cursor.at).toBe(99);
		cursor.find(1);
		expect(cursor.at).toBe(9);
		cursor.query = 'nowhere';
		expect(cursor.find(1)).toBe(false);
	});

	it('selects from where it was to where it goes, and copies that', () => {
		const cursor = new Cursor();
		draw(cursor, { end: 10 });
		expect(cursor.copied()).toEqual(['row 0']);
		cursor.move(3);
		cursor.select();
		cursor.move(-2);
		expect(cursor.copied()).toEqual(['row 1', 'row 2', 'row 3']);
		expect(draw(cursor, { end: 10 }).text.slice(0, 4)).toEqual([
			' row 0',
			'>row 1',
			'*row 2',
			'*row 3',
		]);
		expect(cursor.back()).toBe(true);
		expect(cursor.copied()).toEqual(['row 1']);
	});

	it('does what keys asked for before it was first drawn', () => {
		const cursor = new Cursor({ follow: true });
		cursor.toStart();
		cursor.page(1);
		cursor.move(1);
		expect(draw(cursor, { end: 100 }).text).toContain('>row 6');
		const early = new Cursor({ follow: true });
		early.to(40);
		expect(draw(early, { end: 100 }).text).toContain('>row 40');
	});

	it('stands still while it is frozen, until what it held is gone', () => {
		const cursor = new Cursor({ follow: true });
		draw(cursor, { end: 10 });
		cursor.freeze();
		expect(draw(cursor, { end: 50 }).text.at(-1)).toBe('>row 9');
		expect(draw(cursor, { first: 20, end: 70 }).text.at(-1)).toBe('>row 69');
	});

	it('keeps the number of an item when older ones are dropped', () => {
		const items = Array.from({ length: 5 }, (_, index) => ({ index }));
		const numbered = new Numbered<object>();
		expect(numbered.range(items.slice(0, 3))).toEqual({ first: 0, end: 3 });
		expect(numbered.range(items.slice(2))).toEqual({ first: 2, end: 5 });
		expect(numbered.range([{}])).toEqual({ first: 0, end: 1 });
	});
});

it('masks what tells one modem from all others', () => {
	expect(masked('IMEI: 359072061234567')).toBe('IMEI: 35*************');
	expect(masked('< 359072061234567')).toBe('< 359072*********');
	expect(masked('Serial number: XG123456789010')).toBe('Serial number: XG************');
	const others =
		'17:54:03.112  0x0068064  34 878 832  sha256 12345678901234567890abcdef 00.08.24.02';
	expect(masked(others)).toBe(others);
});
