/** What the kernel has made of one interface of a device: its driver and its nodes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbInterface } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Described } from '../device/descriptors.ts';
import { known, linkedName, namesIn } from './sysfs-files.ts';

/**
 * The interface with what is in its folder, which may not be there yet; with `dev`, the nodes that
 * are not there are told.
 */
export function readInterface(at: string, iface: Described, dev: string | undefined): UsbInterface {
	const nodes = nodesOf(at);
	return known<UsbInterface>({
		...iface,
		pipes: iface.pipes,
		driver: driverOf(at),
		nodes,
		missing: missingOf(nodes, dev),
	});
}

export const driverOf = (at: string) => linkedName(join(at, 'driver'));

/** ttyUSB0 stands in the interface's folder itself; ttyACM0, cdc-wdm0 and wwan0 one floor down. */
function nodesOf(at: string): string[] {
	const own = namesIn(at);
	const below = ['tty', 'usbmisc', 'net'].filter((name) => own.includes(name));
	return [
		...own.filter((name) => /^ttyUSB\d+$/.test(name)),
		...below.flatMap((name) => namesIn(join(at, name))),
	].map(sanitize);
}

/** A network interface has no node, and where there is no /dev nothing can be said. */
function missingOf(nodes: readonly string[], dev: string | undefined): string[] | undefined {
	if (dev === undefined) return undefined;
	const missing = nodes.filter(
		(node) => /^(?:tty|cdc-wdm)/.test(node) && !existsSync(join(dev, node)),
	);
	return missing.length > 0 && existsSync(dev) ? missing : undefined;
}
