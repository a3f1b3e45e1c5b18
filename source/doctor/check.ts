import type { UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';

/** One thing that was looked at: on the machine, or on one of its modems. */
export type Result = {
	/** What was looked at, in a word or two. */
	readonly check: string;
	readonly state: 'ok' | 'in the way' | 'not seen';
	/** A plain sentence with the evidence. */
	readonly says: string;
	/** The command that mends it, or makes it seen. */
	readonly mend?: string;
};

/** Looks at one modem. It changes nothing, and opens no port. */
export type Check = (host: Host, device: UsbDevice) => Result | Promise<Result>;

export const ok = (check: string, says: string): Result => ({ check, state: 'ok', says });
export const inTheWay = (check: string, says: string, mend: string): Result => ({
	check,
	state: 'in the way',
	says,
	mend,
});
export const notSeen = (check: string, says: string, mend: string): Result => ({
	check,
	state: 'not seen',
	says,
	mend,
});
