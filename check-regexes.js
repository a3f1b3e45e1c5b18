/**
 * Finds regular expressions that a hostile line keeps busy: those whose time grows exponentially are
 * never let through, nor those that grow faster than the square of the line; the others are named
 * here with what bounds their lines.
 */
import { globSync, readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { parseAst } from 'vite';

/** Answers are cut before they are read (answers/read.ts), lines of logs too (text/undress.ts). */
const ofShortLines = [
	'source/at/answers/',
	'source/recording/import/',
	'source/diagnosis/rules/logs/',
];
/** Digits of a number; the first 48 characters of a line. */
const ofFewCharacters = [
	'source/protocol/text/numbers.ts',
	'source/recording/import/time/stamps.ts',
];

function* literals(node) {
	if (Array.isArray(node)) for (const child of node) yield* literals(child);
	else if (node !== null && typeof node === 'object') {
		if (node.type === 'Literal' && node.regex) yield node;
		else for (const child of Object.values(node)) yield* literals(child);
	}
}

let count = 0;
let bad = 0;
for (const path of ['cli.tsx', ...globSync('source/**/*.{ts,tsx}')]) {
	const text = readFileSync(path, 'utf8');
	for (const { regex, start } of literals(
		parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }),
	)) {
		count += 1;
		const { status, complexity } = checkSync(regex.pattern, regex.flags, { timeout: 20_000 });
		if (status === 'safe') continue;
		const isIn = (places) => places.some((place) => path.startsWith(place));
		const most = isIn(ofFewCharacters) ? 4 : isIn(ofShortLines) ? 2 : 0;
		if (complexity?.type === 'polynomial' && complexity.degree <= most) continue;
		bad += 1;
		const line = text.slice(0, start).split('\n').length;
		console.error(`${path}:${line}: ${complexity?.summary ?? status}: /${regex.pattern}/`);
	}
}
if (bad > 0) process.exitCode = 1;
else console.log(`${count} regular expressions: none is slow on a hostile line.`);
