/**
 * What stands around the lines of a pasted text and is none of it: colours, quote marks of mail and
 * Markdown, indentation, numbers of lines, HTML's entities, blanks that are no spaces.
 */
import type { Line } from '../line.ts';

const colours =
	/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]|\^\[\[[\d;]*m|\[(?:\d{1,3}(?:;\d{1,3})*)?m/g;
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2060\ufeff]/g;
const entities: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&amp;': '&',
	'&quot;': '"',
	'&#39;': "'",
	'&nbsp;': ' ',
};
/** Characters of a line that are read: what recognises lines takes time with the square of it. */
const longestLine = 8192;
const quoted = /^[ \t]*(?:>[ \t]?)+/;
/** A table of one column, as OpenWrt's pages and Markdown draw it. */
const cell = /^[ \t]*\|[ \t](.*)\|[ \t]*$/;
const dmesgLine = /^[ \t>]*\[ {0,8}\d{1,9}\.\d{6}\] /;
const fence = /^[ \t]*(?:```|~~~)\S*[ \t]*$/;
/** A line that is drawn. */
const ruled = /^([-=_~#])\1+$|^\*{3,}$/;
const numbered = /^[ \t]*(\d{1,7})(?:[:|)]|\t| {1,2}(?=\S))[ \t]?/;

/** Every line that is not empty. */
export function undress(text: string): Line[] {
	const raw = text
		.split(/\r*\n|\r/)
		.flatMap((line, index) =>
			unjoined(line).map((one) => ({ number: index + 1, text: plain(one.slice(0, longestLine)) })),
		);
	const isCounted = isNumbered(raw.map(({ text }) => text));
	return raw.flatMap(({ number, text }) => {
		const line = isCounted ? text.replace(numbered, '') : text;
		if (fence.test(line)) return [];
		const bare = line.trim();
		if (bare === '' || ruled.test(bare)) return [];
		return [{ number, text: bare, indent: indentOf(line) }];
	});
}

/** Forums make one line of many of dmesg's. */
const unjoined = (line: string): string[] =>
	dmesgLine.test(line) ? line.split(/ (?=\[ {0,8}\d{1,9}\.\d{6}\] )/) : [line];

function plain(line: string): string {
	let text = line.replace(colours, '').replace(blanks, ' ').replace(invisible, '');
	if (text.includes('&')) text = text.replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, entityOf);
	text = text.replace(quoted, '').replace(cell, '$1');
	if (text.includes('\\')) text = text.replace(/\\([_*[\]<>#~|])/g, '$1');
	return text
		.replace(/^([ \t]*)\*\*(.*?)\*\*/, '$1$2')
		.replace(/^([ \t]*)`([^`]*)`[ \t]*$/, '$1$2');
}

const entityOf = (entity: string) => entities[entity] ?? entity;

/** `cat -n`, `nl`, `grep -n`: the lines count up, from any number. */
function isNumbered(lines: readonly string[]): boolean {
	const full = lines.filter((line) => line.trim() !== '');
	if (full.length < 3) return false;
	let steps = 0;
	let before: number | undefined;
	for (const line of full) {
		const found = numbered.exec(line)?.[1];
		const number = found === undefined ? undefined : Number(found);
		if (before !== undefined && number !== undefined && number > before && number - before < 50) {
			steps++;
		}
		before = number;
	}
	return steps >= (full.length - 1) * 0.9;
}

function indentOf(line: string): number {
	let columns = 0;
	for (const character of line) {
		if (character === '\t') columns += 8 - (columns % 8);
		else if (character === ' ') columns++;
		else break;
	}
	return columns;
}
