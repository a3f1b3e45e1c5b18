import { basename, resolve } from 'node:path';
import { openFirmwareFiles } from '../../firmware/open-files.ts';
import { isPackage } from '../../firmware/package/is-package.ts';
import { openPackage } from '../../firmware/package/quectel.ts';
import { openPartitionSet } from '../../firmware/partitions/partition-set.ts';
import { openPlain } from '../../firmware/partitions/plain-file.ts';
import type { Plan } from '../../flash/model/plan.ts';
import { makePlan, type PlanFrom } from '../../flash/plan/make-plan.ts';
import { planPartitions } from '../../flash/plan/plan-partitions.ts';
import { inOrder } from '../../flash/plan/plan-set.ts';
import type { Load } from '../../flash/run/run.ts';
import { exitCode, Problem } from '../../problem.ts';

/** What was named, open: firmware files, or rawprogram XML and the programmer that writes it. */
export type OpenLoad = {
	readonly load: Load;
	plan(given: Omit<PlanFrom, 'files'>): Promise<Plan>;
	close(): Promise<void>;
};

/** A flash may be resumed from another folder: the paths that are kept are absolute. */
export async function openLoad(
	named: readonly string[],
	programmer: string | undefined,
): Promise<OpenLoad> {
	const paths = named.map((path) => resolve(path));
	const found = await packageAmong(paths);
	if (found !== undefined) return openInPackage(found, paths, programmer);
	return programmer === undefined ? openFiles(paths) : openPartitions(paths, resolve(programmer));
}

async function packageAmong(paths: readonly string[]): Promise<string | undefined> {
	for (const path of paths) if (await isPackage(path)) return path;
	return undefined;
}

/** `programmer` is undefined, or its own in a flash that is resumed. */
async function openInPackage(
	path: string,
	paths: readonly string[],
	programmer: string | undefined,
): Promise<OpenLoad> {
	const firmwarePackage = await openPackage(path);
	const { programmer: own, set, close } = firmwarePackage;
	if (paths.length > 1 || (programmer ?? own.path) !== own.path) {
		await close();
		throw new Problem(
			exitCode.usage,
			`${basename(path)} is flashed alone, with its own programmer.`,
			{
				next: 'name the package and nothing else.',
			},
		);
	}
	const load = { programmer: own, set, firmwarePackage };
	return { load, plan: (given) => planPartitions({ ...given, ...load }), close };
}

async function openFiles(paths: readonly string[]): Promise<OpenLoad> {
	const { files, checked, close } = await openFirmwareFiles(paths);
	const plan: OpenLoad['plan'] = async (given) => makePlan({ ...given, files: await checked() });
	return { load: inOrder(files), plan, close };
}

async function openPartitions(paths: readonly string[], path: string): Promise<OpenLoad> {
	const set = await openPartitionSet(paths);
	try {
		const programmer = await openPlain(path);
		const load = { programmer, set };
		const plan: OpenLoad['plan'] = (given) => planPartitions({ ...given, ...load });
		const close = async () => {
			await set.close();
			await programmer.close();
		};
		return { load, plan, close };
	} catch (error) {
		await set.close();
		throw error;
	}
}
