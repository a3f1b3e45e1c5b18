/**
 * Folders and files that nobody else may have laid out for us: modemscope often runs as root, on
 * machines where others may write too.
 */
import { randomUUID } from 'node:crypto';
import {
	accessSync,
	chmodSync,
	constants,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { exitCode, Problem } from './problem.ts';

const ofOthers = 0o022;
const ofEverybody = 0o002;
const sticky = 0o1000;

const me = () => process.geteuid?.() ?? 0;

/**
 * Makes the folder, where it is not there, and returns it. Throws a Problem when it is not ours alone.
 * With `mode` others may look into it.
 */
export function ownFolder(path: string, mode = 0o700): string {
	const folder = resolve(path);
	try {
		mkdirSync(folder, { recursive: true, mode });
	} catch (cause) {
		const { code = cause } = cause as NodeJS.ErrnoException;
		throw new Problem(exitCode.noAccess, `The folder ${folder} cannot be made (${code}).`, {
			next: 'name a place that may be written; XDG_STATE_HOME says where modemscope keeps things.',
			cause,
		});
	}
	checkOwn(folder);
	return folder;
}

/** Whether the folder may be written, or made where it is not there. Makes nothing. */
export function isWritable(folder: string): boolean {
	let there = resolve(folder);
	while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
	try {
		accessSync(there, constants.W_OK | constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** A folder of this run among the temporary ones. Throws a Problem where none can be made. */
export function temporaryFolder(name = 'modemscope-'): string {
	try {
		return mkdtempSync(join(tmpdir(), name));
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		const why = new Map([
			['ENOENT', 'it does not exist'],
			['ENOSPC', 'there is no room'],
			['EROFS', 'it is read-only'],
			['EACCES', 'it may not be written'],
			['ENOTDIR', 'it is no folder'],
		]).get(code ?? '');
		throw new Problem(
			exitCode.noAccess,
			`No temporary folder can be made in ${tmpdir()}: ${why ?? code ?? cause}.`,
			{ next: 'set TMPDIR to a folder that may be written and has room.', cause },
		);
	}
}

/**
 * Throws a Problem when the folder is a link, another user's, or may be written by others; or when
 * one above it is such that another user could put a folder of his in its place.
 */
export function checkOwn(folder: string): void {
	const why = notOwn(folder);
	if (why === undefined) return;
	throw new Problem(exitCode.noAccess, `${folder} ${why}: it is not used.`, {
		next: 'name a folder of your own that nobody else may write.',
	});
}

function notOwn(folder: string): string | undefined {
	const found = lstatSync(folder);
	if (!found.isDirectory()) return 'is no folder';
	if (found.uid !== me()) return 'belongs to another user';
	if ((found.mode & ofOthers) !== 0) return 'may be written by others';
	// In a container root may be somebody else.
	const trusted = new Set([0, me(), statSync('/').uid]);
	for (let above = dirname(resolve(folder)); ; above = dirname(above)) {
		const { uid, mode } = statSync(above);
		if (!trusted.has(uid)) return `is in ${above}, which belongs to another user`;
		if ((mode & ofEverybody) !== 0 && (mode & sticky) === 0)
			return `is in ${above}, which everybody may write`;
		if (above === dirname(above)) return undefined;
	}
}

/**
 * Puts a file in its place, whole or not at all; a link that stands there is replaced, not followed.
 * With `mode` others may read it.
 */
export function replaceFile(
	path: string,
	content: string | readonly Uint8Array[],
	mode = 0o600,
): void {
	const draft = `${path}.${randomUUID()}`;
	const parts = typeof content === 'string' ? [content] : content;
	try {
		for (const [index, part] of parts.entries())
			writeFileSync(draft, part, { flag: index === 0 ? 'wx' : 'a', mode: 0o600 });
		// A umask takes nothing from it: what others are to read, they can.
		chmodSync(draft, mode);
		renameSync(draft, path);
	} catch (error) {
		rmSync(draft, { force: true });
		throw error;
	}
}

/**
 * The folder of what outlives a run: `$XDG_STATE_HOME`, `~/.local/state`, or `/var/lib` for root
 * without a home of its own. Throws a Problem where there is none: another user may have laid
 * anything in /tmp.
 */
export function stateFolder(): string {
	const { XDG_STATE_HOME: told = '', HOME = '' } = process.env;
	if (isAbsolute(told)) return join(told, 'modemscope');
	const home = HOME === '' && me() === 0 ? '' : homedir();
	if (home !== '' && home !== '/' && isAbsolute(home) && (me() !== 0 || isOwned(home)))
		return join(home, '.local/state/modemscope');
	if (me() === 0) return '/var/lib/modemscope';
	throw new Problem(exitCode.noAccess, 'There is no folder to keep recordings and locks in.', {
		next: 'set HOME, or XDG_STATE_HOME, to a folder of your own.',
	});
}

function isOwned(folder: string): boolean {
	try {
		return statSync(folder).uid === me();
	} catch {
		return false;
	}
}
