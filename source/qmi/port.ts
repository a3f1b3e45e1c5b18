/** Where a modem speaks QMI: on cdc-wdm, bare by qmi_wwan, inside MBIM by cdc_mbim. */
import { join } from 'node:path';
import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { openPort } from '../link/open.ts';
import { recordTraffic } from '../link/traffic-recorder.ts';
import { modeOf } from '../usb/device/modes.ts';
import { roleOf } from '../usb/device/roles.ts';
import { QmiClient } from './client.ts';
import { openMbim } from './mbim-link.ts';
import { isHeldByProxy, openThroughProxy } from './mbim-proxy.ts';

/** The node of an application's control channel, and how QMI goes over it; undefined when it has none. */
export function qmiPort(device: UsbDevice): { node: string; over: 'QMI' | 'MBIM' } | undefined {
	if (modeOf(device) !== 'application') return undefined;
	for (const iface of device.interfaces) {
		const role = roleOf(device, iface);
		const node = iface.nodes.find((name) => name.startsWith('cdc-wdm'));
		if (node && (role === 'QMI' || role === 'MBIM')) return { node, over: role };
	}
	return undefined;
}

/**
 * Opens it for the time of `use`. What is recorded is QMI, whatever carries it. Throws a Problem when it
 * cannot be opened or nobody answers there.
 */
export async function withQmi<T>(
	host: Host,
	{ node, over }: { node: string; over: 'QMI' | 'MBIM' },
	emit: Emit,
	use: (client: QmiClient) => Promise<T>,
): Promise<T> {
	const path = join(host.dev, node);
	const bare =
		over === 'MBIM' && isHeldByProxy(host, path)
			? await openThroughProxy(path, host.clock)
			: await openPort(path, host.clock);
	try {
		const link = recordTraffic(over === 'MBIM' ? await openMbim(bare, host.clock) : bare, emit);
		try {
			const client = await QmiClient.open(link, host.clock);
			const result = await use(client);
			await client.close();
			return result;
		} finally {
			await link.close();
		}
	} finally {
		await bare.close();
	}
}
