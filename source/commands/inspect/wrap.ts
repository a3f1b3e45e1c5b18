import stringWidth from 'string-width';

/** Breaks a line at spaces, or anywhere in a word that is too long; further lines are indented. */
export function wrap(line: string, columns: number): string[] {
	if (stringWidth(line) <= columns) return [line];
	const lines: string[] = [];
	let current = '';
	for (const piece of line.trimEnd().split(/(?<=\S)(?=\s)/)) {
		if (stringWidth(current + piece) <= columns) {
			current += piece;
			continue;
		}
		if (current) lines.push(current);
		current = `${lines.length ? '  ' : ''}${piece.trim()}`;
		while (stringWidth(current) > columns) {
			const head = fitting(current, columns);
			lines.push(head);
			current = `  ${current.slice(head.length)}`;
		}
	}
	return [...lines, current];
}

/** The longest beginning that is not wider than `columns`. */
function fitting(text: string, columns: number): string {
	let head = '';
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		if (stringWidth(head + segment) > columns) break;
		head += segment;
	}
	return head;
}
