import stringWidth from 'string-width';

/**
 * Breaks a line at spaces so that no row is wider than `columns` cells; what has no spaces is cut
 * where it must be. Rows after the first begin with `indent` spaces.
 */
export function wrap(line: string, columns: number, indent = 0): string[] {
	// Most rows are plain and short; to measure letters takes long.
	if (line.length <= columns && plain.test(line)) return [line.trimEnd()];
	const hang = ' '.repeat(Math.min(indent, Math.floor(columns * 0.6)));
	const rows: string[] = [];
	for (let rest = line; ; ) {
		const cut = cutAt(rest, columns, rows.length === 0 ? 0 : hang.length);
		rows.push(rest.slice(0, cut).trimEnd());
		const left = rest.slice(cut).trimStart();
		if (left === '') return rows;
		rest = hang + left;
	}
}

/** Where to break: at the end, behind the last space that fits, or where the row is full. */
function cutAt(text: string, columns: number, indent: number): number {
	const full = fullRow(text, columns, indent);
	if (full === text.length) return full;
	const space = text.lastIndexOf(' ', full);
	const lead = text.slice(0, full).search(/\S/);
	return space > lead && lead >= 0 ? space : full;
}

/** Characters that fit, one behind the indent at least. */
function fullRow(text: string, columns: number, indent: number): number {
	const least = Math.max(columns, indent + 1);
	if (plain.test(text.slice(0, least + 1))) return Math.min(text.length, least);
	let width = 0;
	let full = 0;
	for (const { segment } of graphemes.segment(text)) {
		width += stringWidth(segment);
		if (width > columns && full > indent) return full;
		full += segment.length;
	}
	return full;
}

/** One cell each. */
const plain = /^[\x20-\x7e]+$/;

const graphemes = new Intl.Segmenter();
