/** What a flash will do, and each check that was made before it, with its evidence. */
export type PlanCheck = {
	readonly state: 'ok' | 'warn' | 'refuse';
	/** One plain sentence with the evidence. */
	readonly says: string;
};

export type Plan = {
	/** The firmware file. */
	readonly file: string;
	readonly size: number;
	/** The USB port path of the modem. */
	readonly path: string;
	/** What a person types to start it. */
	readonly model: string;
	/** Versions in the modem before, when known, and in the file. */
	readonly from: string | undefined;
	readonly to: string;
	readonly checks: readonly PlanCheck[];
};

export const refuses = ({ checks }: Plan): boolean =>
	checks.some(({ state }) => state === 'refuse');
