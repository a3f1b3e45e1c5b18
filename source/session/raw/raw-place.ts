/** Where a raw port is: on which interface of which device, so that it is found again under another name. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import type { Mode } from '../../modems/product.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { modeOf } from '../../usb/device/modes.ts';
import { roleOf } from '../../usb/device/roles.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';

export type RawPlace = {
	/** The node that it has now; undefined while it is away. */
	readonly node: string | undefined;
	/** Undefined for a port that is not on USB. */
	readonly usb?: {
		readonly path: string;
		readonly interface: number;
		/** In which life of the modem it was asked for: what a loader is sent can spoil a download. */
		readonly mode: Mode;
	};
	/** What the port is for, as far as its modem is known: `AT`, `DIAG`. */
	readonly role?: string;
};

/** As the kernel names an interface: `3-1:1.3`. */
const interfaceName = /^(\d+-\d+(?:\.\d+)*):\d+\.(\d+)$/;
/** Nodes that can be read and written as a stream of bytes. */
const isPortNode = (node: string): boolean => /^(?:tty|cdc-wdm)/.test(node);

/** `typed`: `/dev/ttyUSB2`, `ttyUSB2`, or `3-1:1.3`, which need not be there yet. */
export async function findRawPlace(host: Host, typed: string): Promise<RawPlace> {
	// A UART is a port too, on a machine without USB.
	const devices = [...(await listDevices(host.sysfs, host.dev)).values()];
	const named = interfaceName.exec(typed);
	if (named) {
		const [, path = '', number] = named;
		const device = devices.find((one) => one.path === path);
		const usb = { path, interface: Number(number), mode: device ? modeOf(device) : 'application' };
		return { usb, ...seenAt(host, device, usb.interface) } as const;
	}
	const node = realOf(typed.includes('/') ? typed : join(host.dev, typed));
	const name = basename(node);
	for (const device of devices) {
		const found = device.interfaces.find(({ nodes }) => nodes.includes(name));
		if (!found) continue;
		const usb = { path: device.path, interface: found.number, mode: modeOf(device) };
		return { usb, ...seenAt(host, device, found.number), node };
	}
	if (existsSync(node)) return { node };
	throw new Problem(exitCode.noDevice, `There is no port ${sanitize(typed)}.`, {
		next: 'see which ports there are with "modemscope watch --list", or name one that will come: 3-1:1.3.',
	});
}

/** The node of an interface, and what it is for. */
export function seenAt(
	host: Host,
	device: UsbDevice | undefined,
	number: number,
): Pick<RawPlace, 'node' | 'role'> {
	const found = device?.interfaces.find((one) => one.number === number);
	const name = found?.nodes.find(isPortNode);
	const role = device && found && modeOf(device) === 'application' && roleOf(device, found);
	return { node: name && join(host.dev, name), ...(role ? { role } : {}) };
}

/** Links like those of /dev/serial/by-id lead to the node itself. */
function realOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

/** The word that a person types to open one. */
export const rawWord = 'raw';

/** What opening it means, plainly. */
export function rawMeaning({ node, usb, role }: RawPlace, typed: string): string[] {
	const where = usb ? ` at ${usb.path}, interface ${usb.interface}` : '';
	const what = `${sanitize(node ?? typed)}${where}${role ? ` (${role})` : ''}`;
	const waits = node === undefined ? ' It is not there now, and is opened when it comes.' : '';
	return [
		`${what}, raw: what you type goes to the modem as it is. Nothing asks again, not before what changes or locks it.${waits}`,
		...(usb && usb.mode !== 'application'
			? ['This is no application’s port: a loader takes the first byte typed for its download.']
			: []),
	];
}
