import type { Appearance } from '../text/appearance.ts';
import { splitColors, stripColors } from '../text/lines.ts';

/** Marks what was searched for in a row that may be coloured already. */
export function highlight(appearance: Appearance, row: string, query: string): string {
	if (query === '') return row;
	const text = stripColors(row).toLowerCase();
	const wanted = query.toLowerCase();
	const isHit = new Set<number>();
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
		for (let index = at; index < at + wanted.length; index++) isHit.add(index);
	}
	if (isHit.size === 0) return row;
	let at = 0;
	return splitColors(row)
		.map((part, index) => {
			if (index % 2 === 1) return part;
			const marked = runs(part, (offset) => isHit.has(at + offset));
			at += part.length;
			return marked.map(({ text, hit }) => (hit ? appearance.paint.hit(text) : text)).join('');
		})
		.join('');
}

function runs(part: string, isHit: (offset: number) => boolean) {
	const found: { text: string; hit: boolean }[] = [];
	for (let start = 0; start < part.length; ) {
		const hit = isHit(start);
		let end = start + 1;
		while (end < part.length && isHit(end) === hit) end += 1;
		found.push({ text: part.slice(start, end), hit });
		start = end;
	}
	return found;
}
