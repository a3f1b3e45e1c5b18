import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../source/ui/actions/copying.ts';
import { listNote, listRows } from '../../source/ui/components/list-rows.ts';
import { parseFilter } from '../../source/ui/list/filter.ts';
import { ListState } from '../../source/ui/list/list-state.ts';
import { Numbered } from '../../source/ui/list/numbered.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';

const appearance = createAppearance({ color: true, ascii: false });

type Drawing = { first?: number; end: number; height?: number; source?: unknown };

function draw(list: ListState, { first = 0, end, height = 5, source }: Drawing) {
	const looked: number[] = [];
	list.update({
		first,
		end,
		about: (index) => {
			looked.push(index);
			return { text: `row ${index}`, fields: { kind: index % 3 === 0 ? 'third' : 'other' } };
		},
		copy: (index) => `row ${index}`,
		fields: ['kind'],
		source,
	});
	list.setViewport(height);
	const size = { width: 20, height };
	const row = (index: number) => `row ${index}`;
	const rows = listRows(appearance, { list, size, focused: true, row });
	return { rows, looked, text: rows.map((row) => stripColors(row).trimEnd()) };
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
		const list = new ListState({ follow: true });
		draw(list, { end: 1000 });
		list.filter = 'kind:third';
		expect(draw(list, { end: 1000 }).text.at(-1)).toBe('>row 999');
		const { looked } = draw(list, { end: 1003 });
		expect(looked).toEqual([1000, 1001, 1002]);
		list.move(-1);
		expect(list.at).toBe(999);
		expect(listNote(list)).toBe('f kind:third (335)');
		expect(list.back()).toBe(true);
		expect(listNote(list)).toBe('');
		expect(list.at).toBe(999);
	});

	it('forgets what the list has lost, and all of another list', () => {
		const list = new ListState();
		draw(list, { end: 30, source: 'a' });
		list.filter = 'kind:third';
		expect(draw(list, { first: 20, end: 30, source: 'a' }).text[0]).toBe('>row 21');
		expect(draw(list, { end: 10, source: 'b' }).text.map((row) => row.slice(1))).toEqual([
			'row 0',
			'row 3',
			'row 6',
			'row 9',
		]);
	});

	it('filters a long list in steps, and says that it is not done', () => {
		const list = new ListState();
		const drawn = () => draw(list, { end: 100_000 }).text[0];
		drawn();
		list.filter = '99999';
		expect(drawn()?.trim()).toBe('Looking..');
		let frames = 0;
		while (list.isFiltering) {
			drawn();
			frames += 1;
		}
		expect(frames).toBeGreaterThan(10);
		expect(drawn()?.trim()).toBe('>row 99999');
	});

	it('keeps its place and its order whatever comes and goes', () => {
		const step = fc.record({
			grow: fc.nat(40),
			drop: fc.nat(30),
			move: fc.integer({ min: -9, max: 9 }),
		});
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				const list = new ListState({ follow: true });
				let first = 0;
				let end = 1;
				list.filter = 'kind:third';
				for (const { grow, drop, move } of steps) {
					end += grow;
					first = Math.min(end - 1, first + drop);
					const { text } = draw(list, { first, end });
					const shown = text.flatMap((row) =>
						/\d+/.exec(row) ? [Number(/\d+/.exec(row)![0])] : [],
					);
					expect(shown).toEqual(shown.toSorted((a, b) => a - b));
					expect(shown.every((item) => item % 3 === 0 && item >= first && item < end)).toBe(true);
					list.move(move);
				}
			}),
		);
	});
});

describe('a list', () => {
	it('searches round and round, and marks the hits', () => {
		const list = new ListState();
		draw(list, { end: 100 });
		list.query = 'ROW 9';
		expect(list.find(1)).toBe(true);
		expect(list.at).toBe(9);
		expect(draw(list, { end: 100 }).rows.join('')).toContain('\u001b[4mrow 9\u001b[24m');
		list.find(-1);
		expect(list.at).toBe(99);
		list.find(1);
		expect(list.at).toBe(9);
		list.query = 'nowhere';
		expect(list.find(1)).toBe(false);
	});

	it('selects from where it was to where it goes, and copies that', () => {
		const list = new ListState();
		draw(list, { end: 10 });
		expect(list.copied()).toEqual(['row 0']);
		list.move(3);
		list.selectRange();
		list.move(-2);
		expect(list.copied()).toEqual(['row 1', 'row 2', 'row 3']);
		expect(draw(list, { end: 10 }).text.slice(0, 4)).toEqual([
			' row 0',
			'>row 1',
			'*row 2',
			'*row 3',
		]);
		expect(list.back()).toBe(true);
		expect(list.copied()).toEqual(['row 1']);
	});

	it('does what keys asked for before it was first drawn', () => {
		const list = new ListState({ follow: true });
		list.toStart();
		list.page(1);
		list.move(1);
		expect(draw(list, { end: 100 }).text).toContain('>row 6');
		const early = new ListState({ follow: true });
		early.goTo(40);
		expect(draw(early, { end: 100 }).text).toContain('>row 40');
	});

	it('stands still while it is frozen, until what it held is gone', () => {
		const list = new ListState({ follow: true });
		draw(list, { end: 10 });
		list.freeze();
		expect(draw(list, { end: 50 }).text.at(-1)).toBe('>row 9');
		expect(draw(list, { first: 20, end: 70 }).text.at(-1)).toBe('>row 69');
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
	expect(masked('IMEI: 359072061234567')).toMatch(/^IMEI: \*{13}#\d$/);
	expect(masked('< 359072061234567')).toBe(`< ${masked('359072061234567')}`);
	expect(masked('Serial number: XG123456789010')).toMatch(/^Serial number: \*{12}#\d$/);
	const others =
		'17:54:03.112  0x0068064  34 878 832  sha256 12345678901234567890abcdef 00.08.24.02';
	expect(masked(others)).toBe(others);
});
