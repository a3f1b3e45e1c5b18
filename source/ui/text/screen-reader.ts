/** The screen for a person who hears it: words only, no frames, and nothing that changes by itself. */

const colors = /\u001b\[[\d;]*m/g;
const drawing = /[\u2500-\u259f]+/g;

export function screenReaderLines(rows: readonly string[]): string[] {
	return rows
		.map((row) => row.replace(colors, '').replace(drawing, '  ').trim().replace(/ {2,}/g, ', '))
		.filter((row) => /[\p{L}\p{N}]/u.test(row));
}
