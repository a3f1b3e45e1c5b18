import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { ownFolder, replaceFile, temporaryFolder } from '../../own-files.ts';
import { exitCode, Problem } from '../../problem.ts';
import { isAlive } from './lease.ts';

export { holdLease } from './lease.ts';

const schema = v.object({
	/** The process that is the modem. */
	pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
	scenario: v.string(),
	/** Modem seconds in one second of the wall. */
	speed: v.pipe(v.number(), v.gtValue(0)),
	/** A firmware file to rehearse with. */
	image: v.string(),
});
export type Rehearsal = v.InferOutput<typeof schema>;

/** Wall milliseconds that a rehearsal may take until it is ready, and between two looks. */
const readyWithin = 15_000;
const lookEvery = 25;

const sign = (folder: string) => join(folder, 'rehearsal.json');

/** Where a rehearsal keeps its firmware file, and those of a model that takes two. */
export const imageIn = (folder: string) => join(folder, 'RC76xx_rehearsal_GENERIC_7620.spk');
export const pairIn = (folder: string) => ({
	firmware: join(folder, 'SWI9X30C_02.33.03.00_rehearsal.cwe'),
	settings: join(folder, 'SWI9X30C_02.33.03.00_GENERIC_002.072_000_rehearsal.nvu'),
});

/** Says that the rehearsal in `folder` is ready; it is there whole or not at all. */
export async function signRehearsal(folder: string, rehearsal: Rehearsal): Promise<void> {
	replaceFile(sign(folder), `${JSON.stringify(rehearsal)}\n`);
}

/** The rehearsal that runs in `folder`; undefined when none does. */
export function readRehearsal(folder: string): Rehearsal | undefined {
	if (!existsSync(sign(folder))) return undefined;
	try {
		const found = v.safeParse(schema, JSON.parse(readFileSync(sign(folder), 'utf8')));
		return found.success && isAlive(found.output.pid) ? found.output : undefined;
	} catch {
		// Gone since, or not written by a rehearsal.
		return undefined;
	}
}

/** Where a chip in its emergency loader has its programmer, rawprogram and images. */
export const partitionsIn = (folder: string) => join(folder, 'edl');

/**
 * Makes the folder ready for a rehearsal. Throws a Problem when it holds anything but the remains of
 * an earlier one, for all of those are removed: nobody's /sys and /dev may be among them.
 */
export async function takeFolder(folder: string): Promise<void> {
	if (readRehearsal(folder)) {
		throw new Problem(exitCode.usage, `A simulated modem runs in ${folder} already.`, {
			next: 'use that one, or name another folder.',
		});
	}
	ownFolder(folder);
	const isOurs = existsSync(sign(folder));
	if (!isOurs && (await readdir(folder)).length > 0) {
		throw new Problem(exitCode.usage, `The folder ${folder} is not empty.`, {
			next: 'name one that is empty, or that does not exist yet.',
		});
	}
	await clearFolder(folder);
}

/** Takes away what a rehearsal made in its folder. */
export async function clearFolder(folder: string): Promise<void> {
	const trees = ['sys', 'dev', 'lease', 'edl'].map((name) => join(folder, name));
	// The sign goes last: while it is there, the next rehearsal may clear the rest.
	const images = [imageIn(folder), ...Object.values(pairIn(folder))];
	for (const path of [...trees, ...images, sign(folder)]) {
		await rm(path, { recursive: true, force: true });
	}
}

/**
 * Starts a rehearsal as a process of its own, which outlives this one, and waits until it is ready.
 * `command` is how modemscope itself is run. Throws a Problem when it does not come.
 */
export async function startRehearsal({
	scenario,
	speed,
	command,
}: {
	scenario: string;
	speed: number;
	command: readonly string[];
}): Promise<{ folder: string; image: string; speed: number }> {
	const folder = temporaryFolder();
	const [program = '', ...before] = command;
	const options = ['--socket', folder, '--speed', String(speed), '--lease'];
	const child = spawn(program, [...before, 'simulate', scenario, ...options], {
		detached: true,
		stdio: 'ignore',
	});
	let failure: string | undefined;
	child.once('error', (error) => {
		failure = error.message;
	});
	child.once('exit', (code) => {
		failure ??= `it ended with ${code}`;
	});
	child.unref();
	for (let waited = 0; waited < readyWithin && !failure; waited += lookEvery) {
		const ready = readRehearsal(folder);
		if (ready) return { folder, image: ready.image, speed: ready.speed };
		await wait(lookEvery);
	}
	child.kill();
	await rm(folder, { recursive: true, force: true });
	throw new Problem(
		exitCode.failed,
		`The simulated modem did not start: ${failure ?? 'it took too long'}.`,
		{ next: `see why with "modemscope simulate ${scenario} --socket FOLDER".` },
	);
}
