/** What a flash will do, and each check that was made before it, with its evidence. */

import type { LoaderProtocol } from '../../modems/product.ts';
import type { ExitCode } from '../../problem.ts';
import { planRefused } from './outcomes/job.ts';
import type { Protocol } from './protocol.ts';
import type { ResumeMode, ResumePoint } from './resume.ts';
import type { Transport } from './transport.ts';

/** What a check is called, for `--override` and for a person who types it. */
export type CheckName =
	| 'way'
	| 'earlier'
	| 'file'
	| 'programmer'
	| 'files'
	| 'protocol'
	| 'product'
	| 'version'
	| 'step-path'
	| 'carrier'
	| 'loader'
	| 'over'
	| 'node'
	| 'speed'
	| 'autosuspend'
	| 'lock'
	| 'modemmanager'
	| 'others'
	| 'awake'
	| 'disk'
	| 'power'
	| 'nand'
	| 'calibration'
	| 'undo';

export type PlanCheck = {
	readonly name: CheckName;
	readonly state: 'ok' | 'warn' | 'refuse';
	/** One plain sentence with the evidence. */
	readonly says: string;
	/** How a command ends that is refused by it; the file is rejected unless it says otherwise. */
	readonly exit?: ExitCode;
	/** A person may carry the plan out all the same, who asks for it by the check's name. */
	readonly mayOverride?: true;
	/** Somebody did; it was a refusal, or what may become one when the flash begins. */
	readonly overridden?: true;
};

export type Plan = {
	/** The firmware file, and those that are sent after it in the same session. */
	readonly file: string;
	readonly others: readonly string[];
	/** The maker's programmer, when the files are rawprogram XML for the chip's emergency loader. */
	readonly programmer?: string;
	/** Of the bytes of all files, where they were hashed when they were checked. */
	readonly digest?: string;
	/** Bytes, of all of them. */
	readonly size: number;
	/** The USB port path of the modem. */
	readonly path: string;
	/** What a person types to start it; the ids of a modem that does not say its model. */
	readonly model: string;
	/** The families that its model may be of, where it does not say it: a person names one. */
	readonly families?: readonly string[];
	/** Versions in the modem before, when known, and in the file. */
	readonly from: string | undefined;
	readonly to: string;
	readonly mode: ResumeMode;
	/** Where the mode `rest` begins. */
	readonly resume: ResumePoint | undefined;
	/** How the loader is spoken to, and what its chip is known to speak. */
	readonly protocol: Protocol;
	readonly loaderProtocol: LoaderProtocol | undefined;
	readonly transport: Transport;
	readonly checks: readonly PlanCheck[];
};

export const refuses = ({ checks }: Pick<Plan, 'checks'>): boolean =>
	checks.some(({ state }) => state === 'refuse');

export const isOverridden = ({ checks }: Plan, name: CheckName): boolean =>
	checks.some((check) => check.name === name && check.overridden === true);

/** The first refusal that a person may set aside, by its name; undefined when another stands in the way. */
export function overridable({ checks }: Plan): PlanCheck | undefined {
	const refusals = checks.filter(({ state }) => state === 'refuse');
	return refusals.every(({ mayOverride }) => mayOverride) ? refusals[0] : undefined;
}

/** The checks with those set aside that may be and are named. */
export const override = (
	checks: readonly PlanCheck[],
	names: readonly string[],
): readonly PlanCheck[] =>
	checks.map((check) =>
		check.state !== 'ok' && check.mayOverride && names.includes(check.name)
			? { ...check, state: 'warn', overridden: true }
			: check,
	);

/** Throws why the plan may not be carried out, when it may not. */
export function demandAllowed({ checks }: Plan): void {
	const refusal = checks.find(({ state }) => state === 'refuse');
	if (!refusal) return;
	const { says, exit, name, mayOverride } = refusal;
	throw planRefused(says, exit, mayOverride && name);
}
