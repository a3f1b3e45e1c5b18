import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { exitCode } from '../../problem.ts';
import type { PlanCheck } from '../model/plan.ts';
import type { Transport } from '../model/transport.ts';

/** Whether this user may take the loader from its driver. A modem that is away is not looked for. */
export async function transportCheck(
	host: Host,
	device: UsbDevice,
	transport: Transport,
): Promise<PlanCheck[]> {
	const check = (state: PlanCheck['state'], says: string, exit?: PlanCheck['exit']) => [
		{ name: 'node' as const, state, says, ...(exit === undefined ? {} : { exit }) },
	];
	if (transport === 'tty') return [];
	if (host.rehearsal !== undefined) {
		const says = 'a simulated modem has no USB endpoints: leave --over usb away';
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
