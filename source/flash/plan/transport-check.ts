import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { canOpenBulk } from '../../link/usb-bulk.ts';
import { exitCode } from '../../problem.ts';
import { isLoader, loaderNode } from '../../usb/device/modes.ts';
import type { PlanCheck } from '../model/plan.ts';
import type { Transport } from '../model/transport.ts';

export type PickedTransport = { readonly transport: Transport; readonly checks: PlanCheck[] };

/**
 * What the loader is spoken to over, and why; for its endpoints whether this user may take it from its
 * driver. Unless a person chooses it is the endpoints where they are to be had, which take less of the
 * machine (docs/benchmarks.md), else the tty. A modem that is away is not looked for.
 */
export async function pickTransport(
	host: Host,
	device: UsbDevice,
	asked: Transport | undefined,
): Promise<PickedTransport> {
	const picked = (transport: Transport, says: string) => ({
		transport,
		checks: [{ name: 'over' as const, state: 'ok' as const, says }],
	});
	// Where there is no tty, another check says so.
	if (asked !== 'usb' && isLoader(device) && !loaderNode(device)) {
		return { transport: 'tty', checks: [] };
	}
	if (asked === 'tty') return picked('tty', 'the loader is reached over its tty, as chosen');
	if (host.rehearsal !== undefined && asked === undefined) {
		return picked('tty', 'the loader is reached over its tty: a simulated modem has nothing else');
	}
	const path = nodeOf(host, device);
	if (asked === 'usb') {
		const refusal = await whyRefused(host, path);
		if (refusal) return { transport: 'usb', checks: refusal };
		return picked('usb', `the loader is taken from its driver and reached over ${path}`);
	}
	if (!(await isToBeHad(device, path))) {
		const says =
			'the loader is reached over its tty, as qmi-firmware-update does; its USB endpoints are faster on a slow machine, but need the right to write its USB device';
		return picked('tty', says);
	}
	const says =
		'the loader is taken from its driver and reached over its USB endpoints: faster, and no other program gets between; --over tty leaves it to the driver';
	return picked('usb', says);
}

async function whyRefused(host: Host, path: string): Promise<PlanCheck[] | undefined> {
	const refuse = (says: string, exit: PlanCheck['exit']): PlanCheck[] => [
		{ name: 'over', state: 'refuse', says, ...(exit === undefined ? {} : { exit }) },
	];
	if (host.rehearsal !== undefined) {
		return refuse('a simulated modem has no USB endpoints: choose its tty', exitCode.usage);
	}
	const code = await whyNotWritable(path);
	if (code === undefined) return undefined;
	if (code === 'ENOENT') return [];
	return refuse(`you may not write ${path}: use sudo`, exitCode.noAccess);
}

/** A loader that is not there yet is another device, which its user may not be let to write: root is. */
async function isToBeHad(device: UsbDevice, path: string): Promise<boolean> {
	if (!isLoader(device) && process.geteuid?.() !== 0) return false;
	return (await whyNotWritable(path)) === undefined && (await canOpenBulk());
}

const whyNotWritable = (path: string): Promise<string | undefined> =>
	access(path, constants.R_OK | constants.W_OK).then(
		() => undefined,
		(error: NodeJS.ErrnoException) => error.code,
	);

/** Where usbfs has it: `/dev/bus/usb/001/004`. */
function nodeOf({ dev }: Host, { path, number = 0 }: UsbDevice): string {
	const three = (part: number) => String(part).padStart(3, '0');
	return join(dev, 'bus/usb', three(Number.parseInt(path, 10)), three(number));
}
