/** What is known of a modem's flash memory, and what of it must not be lost. */
import type { Step } from '../../firmware/partitions/partition-set.ts';
import { unnamed } from '../../firmware/partitions/raw-program.ts';
import { exitCode } from '../../problem.ts';
import type { PlanCheck } from '../model/plan.ts';

/** Parts on which loaders refused releases, with where that was told. */
const refusingParts = [
	{
		part: 'H27S4G8F2EKPB4',
		evidence:
			'EM7565 refused 01.08.04 with it as "Package not compatible" (Sierra forum 32926), and a WP7611 another (29139)',
	},
] as const;

/** `lines` are the modem's answer to AT!BSINFO?; nothing is said of a part that nobody reported. */
export function flashPartCheck(lines: readonly string[]): PlanCheck[] {
	const found = refusingParts.find(({ part }) => lines.some((line) => line.includes(part)));
	if (!found) return [];
	const says = `its flash memory is ${found.part}: ${found.evidence}; take the newest release, and have the file of the one that it runs`;
	return [{ name: 'nand', state: 'warn', says }];
}

/**
 * Where modems keep their IMEI and the calibration of their radio (bkerler/edl, QFirehose): what is
 * lost there no firmware brings back. `cefs.mbn` is the maker's own content of EFS.
 */
const calibration =
	/^(?:efs\d?|efs2bkup|modemst\d|fsg|fsc|cefs|nv(?:backup|data)?\d?|persist|sec)$/i;

/** `0:EFS2` of a NAND, `..\\cefs.mbn` of a package. */
const plain = (name: string) => name.replace(/^\d:|^.*[/\\]/, '').replace(/\.[^.]*$/, '');

/** Quectel's XML for the factory erases EFS by its sectors, and does not name it. */
function isLeftEmpty(
	{ verb, label, attributes: erased, room }: Step,
	steps: readonly Step[],
): boolean {
	const start = Number(erased.start_sector);
	const isInside = ({ verb, attributes }: Step) =>
		verb === 'program' &&
		attributes.physical_partition_number === erased.physical_partition_number &&
		Number(attributes.start_sector) >= start &&
		Number(attributes.start_sector) < start + room;
	return verb === 'erase' && label === unnamed && !steps.some(isInside);
}

export function calibrationCheck(steps: readonly Step[]): PlanCheck[] {
	const isNamed = ({ verb, label, attributes }: Step) =>
		verb !== 'patch' &&
		[label, attributes.filename ?? ''].some((name) => calibration.test(plain(name)));
	const named = steps.filter(isNamed).map(({ label }) => label);
	const empty = steps
		.filter((step) => !isNamed(step) && isLeftEmpty(step, steps))
		.map(({ room, attributes }) => `${room} sectors at ${attributes.start_sector}`);
	const refuse = (says: string): PlanCheck => ({
		name: 'calibration',
		state: 'refuse',
		exit: exitCode.fileRejected,
		mayOverride: true,
		says: `${says}, which may hold this module’s IMEI and radio calibration: read a backup of it first`,
	});
	return [
		...(named.length > 0
			? [refuse(`it overwrites or erases ${[...new Set(named)].join(', ')}`)]
			: []),
		...(empty.length > 0
			? [refuse(`it erases ${[...new Set(empty)].join(', ')} and writes nothing there`)]
			: []),
	];
}
