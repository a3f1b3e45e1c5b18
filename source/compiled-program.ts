/**
 * What cli.js loads in a package folder: the program as one script beside it, with what V8 made of it at an
 * earlier start. Of a module Node keeps what is compiled before it runs, which is little; of a script each
 * function that was called can be kept.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { createRequire, getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedDataVersionTag, getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { replaceFile } from './own-files.ts';
import { giveHeapEndBack, givePagesBack, inOwnPages } from './pages.ts';

/**
 * The names of the scripts, each with a hash of what is in it: V8 itself compares no more than lengths.
 * Some commands have one of their own, and `all` is for the rest.
 */
declare const programNames: Readonly<Record<string, string>>;
/** Whether the scripts lie inside of the executable, and not beside this one. */
declare const isSingleFile: boolean;

/** How much more than there was when the file was written is worth another one. */
const muchMore = 1.05;
/** Bytes before what V8 made: how much had been compiled then. */
const headLength = 8;
/** Milliseconds. */
const oldAfter = 24 * 3600 * 1000;

type Program = {
	main(args: readonly string[], job: unknown, keepCompiled: () => void): Promise<number>;
};

export function main(args: readonly string[], job?: unknown): Promise<number> {
	const folder = getCompileCacheDir();
	// Another command calls other functions.
	const command = /^[a-z]+$/.exec(args[0] ?? '')?.[0] ?? 'console';
	const programName = programNames[Object.hasOwn(programNames, command) ? command : 'all']!;
	const filename = join(__dirname, programName);
	const kept = folder === undefined ? undefined : join(folder, `${command}-${programName}`);
	const file = kept === undefined ? undefined : readIfThere(kept);
	const cachedData = file?.subarray(headLength);
	const bytes = isSingleFile ? inside(programName) : read(filename);
	const [script, tag] = checked(() => [
		new Script(bytes.toString('latin1'), {
			filename,
			...(cachedData?.length ? { cachedData } : {}),
		}),
		cachedDataVersionTag(),
	]);
	const before = file && script.cachedDataRejected === false ? file.readDoubleLE() : 0;
	if (!isSingleFile) givePagesBack(bytes);
	if (file) givePagesBack(file);
	let isKept = kept === undefined;
	const keepCompiled = () => {
		if (isKept || kept === undefined) return;
		// It would fit no start with other flags than are set now.
		if (checked(cachedDataVersionTag) !== tag) return;
		isKept = true;
		const now = compiled();
		// A start that called little, on a screen that is too small, does not decide for those to come.
		if (now < muchMore * before) return;
		const head = Buffer.alloc(headLength);
		head.writeDoubleLE(now);
		const made = checked(() => script.createCachedData());
		replace(kept, [head, made]);
		giveHeapEndBack(made);
		removeOld(dirname(kept), `${command}-`);
	};
	const load: (require: NodeJS.Require, meta: object, module: { exports?: Program }) => void =
		script.runInThisContext();
	const module: { exports?: Program } = {};
	load(createRequire(filename), { url: pathToFileURL(filename).href, dirname: __dirname }, module);
	return module.exports!.main(args, job, keepCompiled);
}

/**
 * V8 takes code as it comes, unless it is told to look; a gateway loses its power now and then. It is told
 * here only: what Node has compiled of its own modules, V8 takes with no flags that Node was not built with.
 */
function checked<T>(work: () => T): T {
	setFlagsFromString('--verify-snapshot-checksum');
	try {
		return work();
	} finally {
		setFlagsFromString('--no-verify-snapshot-checksum');
	}
}

/** Bytes of the space where V8 has all functions that are compiled; to count theirs alone takes a millisecond. */
const compiled = (): number =>
	getHeapSpaceStatistics().find((space) => space.space_name === 'trusted_space')?.space_used_size ??
	0;

/** They are in memory as part of the executable: nothing is read, and nothing given back. */
const inside = (name: string): Buffer<ArrayBuffer> =>
	Buffer.from(process.getBuiltinModule('node:sea').getRawAsset(name) as ArrayBuffer);

function readIfThere(path: string): Buffer<ArrayBuffer> | undefined {
	try {
		return read(path);
	} catch {
		return undefined;
	}
}

function read(path: string): Buffer<ArrayBuffer> {
	const file = openSync(path, 'r');
	try {
		const bytes = inOwnPages(fstatSync(file).size);
		for (let done = 0; done < bytes.length; ) {
			const more = readSync(file, bytes, done, bytes.length - done, done);
			if (more === 0) throw new Error(`${path} became shorter while it was read`);
			done += more;
		}
		return bytes;
	} finally {
		closeSync(file);
	}
}

/** Another start may read it at this moment. */
function replace(path: string, parts: readonly Buffer[]): void {
	try {
		replaceFile(path, parts);
	} catch {
		// The next start compiles once more.
	}
}

/** What versions before this one have kept; one that is still in use beside it keeps it again. */
function removeOld(folder: string, prefix: string): void {
	try {
		for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
			const path = join(folder, name);
			if (Date.now() - statSync(path).mtimeMs > oldAfter) rmSync(path);
		}
	} catch {
		// Another start has removed it.
	}
}
