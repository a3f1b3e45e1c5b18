import { realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';

/** The device whose port is at this path, `/dev/ttyUSB0` or a link to it. */
export async function deviceWithPort(host: Host, port: string): Promise<UsbDevice> {
	const node = basename(realOf(port.includes('/') ? port : join(host.dev, port)));
	const devices = await listDevices(host.sysfs, host.dev);
	const device = [...devices.values()].find(({ interfaces }) =>
		interfaces.some(({ nodes }) => nodes.includes(node)),
	);
	if (device) return device;
	throw new Problem(exitCode.noDevice, `No modem on USB has the port ${sanitize(port)}.`, {
		next: 'see which ports there are with "modemscope watch --list".',
	});
}

/** Links like those of /dev/serial/by-id lead to the node itself. */
function realOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
