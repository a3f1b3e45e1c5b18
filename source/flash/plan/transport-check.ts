import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { exitCode } from '../../problem.ts';
import { isLoader, loaderNode } from '../../usb/device/modes.ts';
import type { PlanCheck } from '../model/plan.ts';
import type { Transport } from '../model/transport.ts';

/**
 * What the loader is spoken to over, and why; for its endpoints whether this user may take it from its
 * driver. Unless a person chooses it is the tty, which libqmi takes too: endpoints are faster on a slow
 * machine (docs/benchmarks.md), and no real modem was flashed over them (docs/flash.md). A modem that
 * is away is not looked for.
 */
export async function transportCheck(
	host: Host,
	device: UsbDevice,
	transport: Transport | undefined,
): Promise<PlanCheck[]> {
	const check = (state: PlanCheck['state'], says: string, exit?: PlanCheck['exit']) => [
		{ name: 'over' as const, state, says, ...(exit === undefined ? {} : { exit }) },
	];
	// Where there is no tty, another check says so.
	if (transport !== 'usb' && isLoader(device) && !loaderNode(device)) return [];
	if (transport === 'tty')
		return check('ok', 'the loader is spoken to over its tty: you chose that');
	if (transport === undefined) {
		const says =
			'the loader is spoken to over its tty, as qmi-firmware-update does; --over usb takes its endpoints, faster on a slow machine';
		return check('ok', says);
	}
	if (host.rehearsal !== undefined) {
		const says = 'a simulated modem has no USB endpoints: choose its tty';
		return check('refuse', says, exitCode.usage);
	}
	const path = nodeOf(host, device);
	const error = await access(path, constants.R_OK | constants.W_OK).catch(
		(cause: NodeJS.ErrnoException) => cause,
	);
	if (!error) return check('ok', `the loader is taken from its driver and spoken to over ${path}`);
	if (error.code === 'ENOENT') return [];
	return check('refuse', `you may not write ${path}: use sudo`, exitCode.noAccess);
}

/** Where usbfs has it: `/dev/bus/usb/001/004`. */
function nodeOf({ dev }: Host, { path, number = 0 }: UsbDevice): string {
	const three = (part: number) => String(part).padStart(3, '0');
	return join(dev, 'bus/usb', three(Number.parseInt(path, 10)), three(number));
}
