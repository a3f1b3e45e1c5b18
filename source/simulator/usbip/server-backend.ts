import type { UsbDevice } from '../../events.ts';
import type { Backend } from '../device/backend.ts';
import { classOf } from '../device/descriptors.ts';
import type { Logger } from '../device/logger.ts';
import { Gadget } from './gadget.ts';
import type { Exported } from './protocol.ts';
import { serveUsbip } from './server.ts';

/** Where `usbip attach -b` finds the modem. */
export const busId = '1-1';
const bus = 1;
/** enum usb_device_speed (include/uapi/linux/usb/ch9.h). */
const speeds = new Map([
	[1.5, 1],
	[12, 2],
	[480, 3],
	[5000, 5],
]);
export const speedCode = ({ speed = 480 }: UsbDevice): number => speeds.get(speed) ?? 3;

export type ServerBackend = Backend & { readonly port: number; close(): void };

/** Offers the modem to `usbip attach`, in each of its lives anew. Port 0 takes a free one. */
export async function createServerBackend(port: number, log: Logger): Promise<ServerBackend> {
	const server = await serveUsbip(port, log);
	let gadget: Gadget | undefined;
	return {
		port: server.port,
		plug: async (device, ports) => {
			gadget = new Gadget(device, ports);
			server.offer({ exported: exportedAs(device, gadget), gadget });
		},
		unplug: async () => {
			server.offer(undefined);
			gadget?.configure(0);
			gadget = undefined;
		},
		close: server.close,
	};
}

function exportedAs(device: UsbDevice, { descriptors }: Gadget): Exported {
	return {
		busId,
		bus,
		number: device.number ?? 1,
		speed: speedCode(device),
		device: descriptors.device,
		interfaces: descriptors.interfaces.map(({ iface }) => classOf(iface)),
	};
}
