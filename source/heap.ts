import { flushCompileCache } from 'node:module';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let keep: () => void = flushCompileCache;
let isWell = false;
let isHere = false;

/** What keeps compiled code, where that is not Node's own cache. */
export function codeIsKeptBy(keeper: () => void): void {
	keep = keeper;
}

/** What was compiled so far is kept for the next start of the console, however this one ends. */
export function keepCompiled(): void {
	// It fits a start with the same flags only: those of `compileLittle`.
	setFlags([...fewCompilers, '--concurrent-recompilation']);
	keep();
	if (isWell) compileWell();
	if (isHere) compileHere();
}

/** Left alone, the heap of what runs long or reads much grows by 100 MB of room for garbage. */
export function keepHeapSmall(): void {
	// What was compiled so far is kept for the next start: what comes behind the flags does not fit there.
	keep();
	setFlags(smallHeap);
}

/** Megabytes of the young heap, both halves: with less, what is soon garbage is looked at too often. */
const youngForStreams = 16;

/**
 * For a long stream, of which nothing is held: to be asked now and then, as the young heap grows by itself
 * where it may. It is kept from growing on.
 */
export function growYoung(): void {
	const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
	const isGrown = (young?.space_size ?? 0) >= youngForStreams * 1e6;
	setFlags([`--semi-space-growth-factor=${isGrown ? 1 : 2}`]);
}

/**
 * For what waits more than it works: V8's compilers to machine code, and what they make, take 12 MB. To
 * be called before anything else is loaded: what is kept of a start fits only a start with the same flags.
 */
export function compileLittle(): void {
	setFlags([...smallHeap, ...fewCompilers]);
}

/** For work after all, as the reading of a large recording is. */
export function compileWell(): void {
	isWell = true;
	setFlags(fewCompilers.map((flag) => flag.replace('--no-', '--')));
}

/** While much is read: memory of other threads that compile stays theirs, 35 MB of it. */
export function compileHere(): void {
	isHere = true;
	setFlags(['--no-concurrent-recompilation']);
}

/**
 * After much work, when nothing has come for a while: what it left is given back, and from now on the heap
 * grows by less before it is collected. A plain collection leaves the pages as they are, few objects on each.
 */
export function giveBack(): void {
	// Code that waits for its next call is given back too.
	keepCompiled();
	collect('last-resort');
	setFlags(['--heap-growing-percent=10']);
}

/**
 * Before work that takes minutes and little memory: what led to it is garbage, and until a first collection
 * the heap may grow to twice its size.
 */
export const clearUp = (): void => collect('regular');

function collect(flavor: 'regular' | 'last-resort'): void {
	setFlags(['--expose-gc']);
	runInNewContext('gc')({ type: 'major', execution: 'sync', flavor });
	setFlags(['--no-expose-gc']);
}

const smallHeap = ['--semi-space-growth-factor=1', '--heap-growing-percent=30'];
const fewCompilers = [
	'--no-opt',
	'--no-maglev',
	'--no-sparkplug',
	'--no-wasm-tier-up',
	'--no-wasm-dynamic-tiering',
	// Calls of a function of Yoga's until V8 compiles the way to it, for which it loads the compiler after all.
	'--wasm-wrapper-tiering-budget=2147483647',
];
const setFlags = (flags: readonly string[]) => {
	for (const flag of flags) setFlagsFromString(flag);
};
