import { join } from 'node:path';
import { devicesFolder, linkedName } from './sysfs-files.ts';

/**
 * The other name of a connector: a USB 3 one has a port on a USB 2 hub and one on a USB 3 hub, and a
 * device that comes back at the other speed comes back under the other name. Undefined where the
 * kernel knows of none (Documentation/ABI/testing/sysfs-bus-usb, `peer`).
 */
export function peerOf(sysfs: string, path: string): string | undefined {
	const [, hub, port] = /^(.+)[-.](\d+)$/.exec(path) ?? [];
	if (hub === undefined) return undefined;
	// `3-1` hangs on the root hub `usb3`, whose interface is `3-0:1.0`; `3-1.4` on the hub `3-1`.
	const root = path === `${hub}-${port}`;
	const at = join(root ? `${hub}-0:1.0` : `${hub}:1.0`, `${root ? `usb${hub}` : hub}-port${port}`);
	return deviceAt(linkedName(join(devicesFolder(sysfs), at, 'peer')) ?? '');
}

/** `usb4-port1` is where `4-1` is plugged, `4-1-port2` where `4-1.2` is. */
function deviceAt(port: string): string | undefined {
	const [, root, hub, number] = /^(?:usb(\d+)|(.+))-port(\d+)$/.exec(port) ?? [];
	if (root !== undefined) return `${root}-${number}`;
	return hub === undefined ? undefined : `${hub}.${number}`;
}
