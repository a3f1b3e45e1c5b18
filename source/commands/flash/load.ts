import { resolve } from 'node:path';
import { openFirmwareFiles } from '../../firmware/open-files.ts';
import { openPartitionSet } from '../../firmware/partitions/partition-set.ts';
import { openPlain } from '../../firmware/partitions/plain-file.ts';
import type { Plan } from '../../flash/model/plan.ts';
import { makePlan, type PlanFrom } from '../../flash/plan/make-plan.ts';
import { planPartitions } from '../../flash/plan/plan-partitions.ts';
import { inOrder } from '../../flash/plan/plan-set.ts';
import type { Load } from '../../flash/run/run.ts';

/** What was named, open: firmware files, or rawprogram XML and the programmer that writes it. */
export type OpenLoad = {
	readonly load: Load;
	plan(given: Omit<PlanFrom, 'files'>): Promise<Plan>;
	close(): Promise<void>;
};

/** A flash may be resumed from another folder: the paths that are kept are absolute. */
export function openLoad(
	named: readonly string[],
	programmer: string | undefined,
): Promise<OpenLoad> {
	const paths = named.map((path) => resolve(path));
	return programmer === undefined ? openFiles(paths) : openPartitions(paths, resolve(programmer));
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
