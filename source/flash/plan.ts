/** What a flash will do, and each check that was made before it, with its evidence. */

import type { Family } from '../firmware/products.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import type { Way } from './aftermath.ts';
import type { Protocol } from './protocol-of.ts';

export type PlanCheck = {
	readonly state: 'ok' | 'warn' | 'refuse';
	/** One plain sentence with the evidence. */
	readonly says: string;
	/** How a command ends that is refused by it; the file is rejected unless it says otherwise. */
	readonly exit?: ExitCode;
};

export type Plan = {
	/** The firmware file, and those that are sent after it in the same session. */
	readonly file: string;
	readonly others: readonly string[];
	/** Bytes, of all of them. */
	readonly size: number;
	/** The USB port path of the modem. */
	readonly path: string;
	/** What a person types to start it. */
	readonly model: string;
	/** Versions in the modem before, when known, and in the file. */
	readonly from: string | undefined;
	readonly to: string;
	readonly way: Way;
	/** How the loader is spoken to, and what its chip is known to speak. */
	readonly protocol: Protocol;
	readonly speaks: Family['speaks'] | undefined;
	readonly checks: readonly PlanCheck[];
};

export const refuses = ({ checks }: Plan): boolean =>
	checks.some(({ state }) => state === 'refuse');

/** Throws why the plan may not be carried out, when it may not. */
export function demandAllowed({ checks }: Plan): void {
	const refusal = checks.find(({ state }) => state === 'refuse');
	if (!refusal) return;
	throw new Problem(refusal.exit ?? exitCode.fileRejected, `Not flashed: ${refusal.says}.`, {
		modem: 'Nothing was written.',
	});
}
