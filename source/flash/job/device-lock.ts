/**
 * The lock of a modem. Each who wants it puts a claim into a folder that only he and root may write,
 * named by his process and its start, and then looks who else has one: the dead count for nothing,
 * so nothing has to be taken over from them, and another user cannot put one there. What another
 * user's process says of itself counts only when it may write to the modem, and so does harm anyway
 * if it wants to.
 *
 *     claim ─▶ look ─▶ alone: it is mine
 *                  ├─▶ an older process: it is his, my claim goes
 *                  └─▶ a younger one: it goes, or has it already
 */
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { Host } from '../../host.ts';
import { ownFolder } from '../../own-files.ts';
import { alreadyRuns, type Holder } from '../model/outcomes/job.ts';
import { foreignFlash } from './foreign-flash.ts';
import { isAlive, startTimeNow } from './process-start.ts';

const claimed = v.object({
	pid: v.pipe(v.number(), v.integer(), v.minValue(0)),
	model: v.pipe(v.string(), v.maxLength(100)),
	path: v.pipe(v.string(), v.maxLength(100)),
	leaves: v.optional(v.boolean()),
});

/** What tells where a modem is, and who else is there. */
export type LockedHost = Pick<Host, 'rehearsal' | 'dev' | 'sysfs' | 'proc'>;

/** Root's claims, which every user believes; the folder is gone after a boot. */
const rootFolder = '/run/modemscope/locks';
/** Wall milliseconds between two looks, and how often a younger process is given time to go. */
const lookEvery = 20;
const mostLooks = 50;
/** The mode of a claim that was alone, and is the lock. */
const heldMode = 0o444;
/** Bytes: what a claim may say at most. */
const longestClaim = 1024;

/** Not under XDG_STATE_HOME: two flashes with two of those are at the same modem. */
const myFolder = (): string =>
	process.geteuid?.() === 0
		? rootFolder
		: join(userInfo().homedir, '.local/state/modemscope/claims');

/** What root does is for everybody to see. */
const claimsFolder = (): string => ownFolder(myFolder(), process.geteuid?.() === 0 ? 0o755 : 0o700);

/** The same for every folder that looks at one modem. */
const modemName = (path: string, rehearsal: string | undefined) =>
	`${rehearsal ?? 'usb'}-${path}`.replace(/[^\w-]+/g, '-');

type Claim = { readonly file: string; readonly pid: number; readonly startTime: string };

/**
 * Locks the modem at these port paths, all or none, and returns how to release them. Throws a Problem
 * that names the holder when another process has one of them.
 */
export async function lockDevice(
	paths: readonly string[],
	host: LockedHost,
	me: Holder,
): Promise<() => Promise<void>> {
	const held: string[] = [];
	const release = async () => {
		for (const file of held.splice(0)) rmSync(file, { force: true });
	};
	try {
		// In one order, so that two who want the same pair do not each get one of it.
		for (const path of paths.toSorted()) held.push(await take(path, host.rehearsal, me));
		const other = host.rehearsal === undefined ? foreignFlash(host, paths) : undefined;
		if (other) throw alreadyRuns(other);
		return release;
	} catch (error) {
		await release();
		throw error;
	}
}

/** Who holds the lock of a modem now; undefined when nobody does. */
export async function lockHolder(host: LockedHost, path: string): Promise<Holder | undefined> {
	const [first] = await claimsOf(modemName(path, host.rehearsal));
	if (first) return saidIn(first, path);
	return host.rehearsal === undefined ? foreignFlash(host, [path]) : undefined;
}

async function take(path: string, rehearsal: string | undefined, me: Holder): Promise<string> {
	const name = modemName(path, rehearsal);
	const mine = { pid: process.pid, startTime: startTimeNow(process.pid) ?? '' };
	const file = join(claimsFolder(), `${name}.${mine.startTime}.${mine.pid}`);
	try {
		writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		throw alreadyRuns(saidIn({ file, ...mine }, path));
	}
	for (let looks = 0; ; looks++) {
		const others = (await claimsOf(name)).filter((claim) => claim.file !== file);
		if (others.length === 0) {
			chmodSync(file, heldMode);
			return file;
		}
		const older = others.some((claim) => isOlder(claim, mine));
		if (older || others.some(isHeld) || looks === mostLooks) {
			rmSync(file, { force: true });
			throw alreadyRuns(await winnerOf(name, others[0]!, path));
		}
		await wait(lookEvery);
	}
}

const isHeld = ({ file }: Claim): boolean =>
	((lstatSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o777) === heldMode;

/** Of several who want it at the same time, the one who got it. */
async function winnerOf(name: string, seen: Claim, path: string): Promise<Holder> {
	for (let looks = 0; looks < mostLooks; looks++) {
		const held = (await claimsOf(name)).find(isHeld);
		if (held) return saidIn(held, path);
		await wait(lookEvery);
	}
	return saidIn(seen, path);
}

function isOlder(one: Omit<Claim, 'file'>, other: Omit<Claim, 'file'>): boolean {
	const difference = Number(one.startTime) - Number(other.startTime);
	return difference < 0 || (difference === 0 && one.pid < other.pid);
}

/** The claims of processes that run; those of the dead are taken away. */
async function claimsOf(name: string): Promise<Claim[]> {
	const folders = [...new Set([myFolder(), rootFolder])];
	const claims = folders.filter(isTrusted).flatMap((folder) =>
		readdirSync(folder).flatMap((entry): Claim[] => {
			const [, of, startTime, pid] = /^([\w-]+)\.(\d*)\.(\d+)$/.exec(entry) ?? [];
			if (of !== name || startTime === undefined) return [];
			return [{ file: join(folder, entry), pid: Number(pid), startTime }];
		}),
	);
	const running: Claim[] = [];
	for (const claim of claims) {
		if (await isAlive(claim)) running.push(claim);
		else remove(claim.file);
	}
	return running;
}

/** Root's or ours, and nobody else may write in it. */
function isTrusted(folder: string): boolean {
	try {
		const { uid, mode } = lstatSync(folder);
		return (uid === 0 || uid === process.geteuid?.()) && (mode & 0o022) === 0;
	} catch {
		return false;
	}
}

function remove(file: string): void {
	try {
		rmSync(file, { force: true });
	} catch {
		// Root's is left to root.
	}
}

function saidIn({ file, pid }: Claim, path: string): Holder {
	const unnamed = { pid, model: 'a modem', path };
	try {
		const text = readFileSync(file, 'utf8');
		const read = v.safeParse(claimed, JSON.parse(text.slice(0, longestClaim)));
		return read.success ? { ...read.output, pid } : unnamed;
	} catch {
		return unnamed;
	}
}
