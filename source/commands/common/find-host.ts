import { existsSync } from 'node:fs';
import { type Host, liveHost, rehearsalHost } from '../../host.ts';
import { checkOwn } from '../../own-files.ts';
import { exitCode, Problem } from '../../problem.ts';
import { holdLease, readRehearsal } from '../../simulator/backend/rehearsal.ts';
import { hasUsb } from '../../usb/scan/sysfs.ts';

/** Throws where there is no USB; `next` where there is more to do about it than to go elsewhere. */
export function demandUsb(
	host: Host,
	next = 'run modemscope on the machine that the modem is plugged into, or try --demo.',
): void {
	if (hasUsb(host)) return;
	throw new Problem(exitCode.noDevice, 'This machine shows no USB: /sys/bus/usb is not there.', {
		next,
	});
}

/** A host, and how to leave it. */
export type FoundHost = {
	host: Host;
	origin: string;
	leave: () => void;
	/** Where it can be lost: settles when it is, with what is to be said. */
	lost?: Promise<Problem>;
};

/** The live machine, or the rehearsal in `folder`, which is kept alive until it is left. */
export async function findHost(folder: string | undefined): Promise<FoundHost> {
	if (folder === undefined) {
		return { host: liveHost(), origin: 'a live machine', leave: () => {} };
	}
	// Whoever may write there could lead our bytes to a real port.
	if (existsSync(folder)) checkOwn(folder);
	const rehearsal = await readRehearsal(folder);
	if (!rehearsal) {
		throw new Problem(exitCode.noDevice, `No simulated modem runs in ${folder}.`, {
			next: 'start one with "modemscope simulate boot-loop --socket DIR", or use --demo.',
		});
	}
	return {
		host: rehearsalHost(folder, rehearsal.speed),
		origin: `a simulated modem, scenario "${rehearsal.scenario}"`,
		leave: await holdLease(folder),
	};
}

/** The same for what can do nothing without USB: throws where there is none. */
export async function findUsbHost(folder: string | undefined, next?: string): Promise<FoundHost> {
	const found = await findHost(folder);
	try {
		demandUsb(found.host, next);
	} catch (problem) {
		found.leave();
		throw problem;
	}
	return found;
}
