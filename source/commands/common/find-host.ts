import { existsSync } from 'node:fs';
import { mirrorGateway } from '../../gateway/mirror.ts';
import { type Host, liveHost, rehearsalHost } from '../../host.ts';
import { checkOwn } from '../../own-files.ts';
import { exitCode, Problem } from '../../problem.ts';
import { holdLease, readRehearsal } from '../../simulator/backend/rehearsal.ts';

/** A host, and how to leave it. */
export type FoundHost = {
	host: Host;
	origin: string;
	leave: () => void;
	/** Where it can be lost: settles when it is, with what is to be said. */
	lost?: Promise<Problem>;
};

/** The USB devices of the machine that `ssh target` leads to; with `rehearsal` those of a folder there. */
export async function findGateway(target: string, rehearsal?: string): Promise<FoundHost> {
	const { host, name, ended, close } = await mirrorGateway(target, rehearsal);
	return { host, origin: `the gateway ${name}, over ssh`, leave: close, lost: ended };
}

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
