import { expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors, widthOf } from '../../source/ui/text/lines.ts';
import { SequenceDiagram, stepRow } from '../../source/ui/views/flash/sequence-diagram.ts';
import { hello } from './fake-session.ts';

const blocks = (count: number, from: number): Event[] =>
	Array.from({ length: count }, (_, index) => ({
		t: from + index / 100,
		source: 'port',
		type: 'payload',
		port: '/dev/ttyUSB0',
		file: 'RC76xx_7620.spk',
		offset: index * 8192,
		length: 8192,
		sha256: 'ab'.repeat(32),
	}));

function told(events: readonly Event[], ascii = false, width = 79): string[] {
	const traffic = new Traffic();
	for (const event of events) traffic.add(event);
	const diagram = new SequenceDiagram();
	const { first, end } = diagram.take(traffic, traffic.total);
	const appearance = createAppearance({ color: false, ascii });
	return Array.from({ length: end - first }, (_, index) =>
		stripColors(stepRow(appearance, diagram.at(first + index)!, width)),
	);
}

it('draws who spoke, payload as one arrow, and silence as long as it was', () => {
	const rows = told([...hello, ...blocks(4258, 72)]).map((row) => row.replace(/(─|═)+/g, '$1'));
	expect(rows.map((row) => row.replace(/ +/g, ' '))).toEqual([
		expect.stringMatching(/^ 60\.100 │─ \S+ .* 7 B ─▶│$/),
		expect.stringMatching(/^ 60\.200 │◀─ Sahara HELLO .*48 B ─│$/),
		' ┊ 11.8 s of silence ┊',
		' 72.000 │═ 4 258 blocks, 34.9 MB in 42.6 s ═▶│',
	]);
});

it.each([
	[79, false],
	[50, true],
	[20, true],
])('is exactly as wide as it may be: %i', (width, ascii) => {
	for (const row of told([...hello, ...blocks(3, 72)], ascii, width)) {
		expect(widthOf(row)).toBe(width);
		if (ascii) expect(row).toMatch(/^[\x20-\x7e]*$/);
	}
});

it('grows with the traffic, forgets with it, and knows the arrow of each frame', () => {
	const traffic = new Traffic(100);
	const diagram = new SequenceDiagram();
	for (const event of hello) traffic.add(event);
	expect(diagram.take(traffic, traffic.total)).toEqual({ first: 0, end: 2 });
	for (const event of blocks(50, 60.3)) traffic.add(event);
	expect(diagram.take(traffic, traffic.total)).toEqual({ first: 0, end: 3 });
	expect(diagram.stepOf(2)).toBe(1);
	expect(diagram.stepOf(30)).toBe(2);
	for (const event of blocks(200, 61)) {
		traffic.add(event);
		diagram.take(traffic, traffic.total);
	}
	expect(diagram.take(traffic, traffic.total)).toEqual({ first: 2, end: 3 });
	expect(diagram.at(2)).toMatchObject({ kind: 'payload', blocks: 250 });
	for (const event of blocks(500, 64)) traffic.add(event);
	const { first, end } = diagram.take(traffic, traffic.total);
	expect(end - first).toBe(1);
	expect(diagram.at(first)).toMatchObject({ kind: 'payload', last: traffic.total });
});
