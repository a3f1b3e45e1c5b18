/** What is known of a modem's flash memory, and what of it must not be lost. */
import type { Step } from '../../firmware/partitions/partition-set.ts';
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
 * lost there no firmware brings back.
 */
const calibration =
	/^(?:efs\d?|efs2bkup|modemst\d|fsg|fsc|cefs|nv(?:backup|data)?\d?|persist|sec)$/i;

export function calibrationCheck(steps: readonly Step[]): PlanCheck[] {
	const lost = steps.filter(
		({ verb, label, filename }) =>
			verb !== 'patch' &&
			[label, filename?.replace(/\.[^.]*$/, '')].some((name) => calibration.test(name ?? '')),
	);
	if (lost.length === 0) return [];
	const names = [...new Set(lost.map(({ label }) => label))].join(', ');
	return [
		{
			name: 'calibration',
			state: 'refuse',
			exit: exitCode.fileRejected,
			mayOverride: true,
			says: `it overwrites or erases ${names}, which may hold this module’s IMEI and radio calibration: read a backup of it first`,
		},
	];
}
