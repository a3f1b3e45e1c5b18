/**
 * Finds regular expressions that a hostile line keeps busy: those whose time grows exponentially are
 * never let through, nor those that grow faster than the square of the line; the others are named
 * here with what bounds their lines.
 *
 * To look at one takes a second or two, at all of them minutes. Those that were looked at stand in
 * checked-regexes.txt; `node check-regexes.js --keep` writes it anew.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
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

const list = 'checked-regexes.txt';
const checked = new Set(readFileSync(list, 'utf8').split('\n'));
const good = new Set();
/** Milliseconds for those that are new. */
const patience = 120_000;
const start = performance.now();
let bad = 0;
for (const path of ['cli.tsx', ...globSync('source/**/*.{ts,tsx}')]) {
	const text = readFileSync(path, 'utf8');
	const isIn = (places) => places.some((place) => path.startsWith(place));
	const most = isIn(ofFewCharacters) ? 4 : isIn(ofShortLines) ? 2 : 0;
	for (const { regex, start: at } of literals(
		parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }),
	)) {
		const { pattern, flags } = regex;
		const key = createHash('sha256')
			.update(`${most} /${pattern}/${flags}`)
			.digest('hex')
			.slice(0, 16);
		if (good.has(key)) continue;
		if (checked.has(key)) {
			good.add(key);
			continue;
		}
		const left = process.argv.includes('--keep')
			? Infinity
			: patience - (performance.now() - start);
		const { status, complexity } =
			left > 0
				? checkSync(pattern, flags, { timeout: 20_000 })
				: { status: 'not looked at in time' };
		if (status === 'safe' || (complexity?.type === 'polynomial' && complexity.degree <= most)) {
			good.add(key);
			continue;
		}
		bad += 1;
		const line = text.slice(0, at).split('\n').length;
		console.error(`${path}:${line}: ${complexity?.summary ?? status}: /${pattern}/`);
	}
}
if (process.argv.includes('--keep')) writeFileSync(list, `${[...good].sort().join('\n')}\n`);
if (bad > 0) process.exitCode = 1;
else console.log(`${good.size} regular expressions: none is slow on a hostile line.`);
