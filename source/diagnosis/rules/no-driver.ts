import type { UsbDevice } from '../../events.ts';
import { driverLine, needsDriver } from '../../usb/drivers.ts';
import { isModem } from '../../usb/modes.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Rule, Words } from '../rule.ts';

/** Drivers bind after the device has come, seconds. */
const driversNeed = 3;

const words = (device: UsbDevice): Words => ({
	title: `No driver: the kernel binds none to ${device.vid}:${device.pid}`,
	path: device.path,
	means:
		'The modem is on USB, and its vendor interfaces have no driver, so there is no ttyUSB and no cdc-wdm. This kernel does not know the product id, or its driver is not built or not loaded.',
	next: [
		'Load the drivers: modprobe qcserial qmi_wwan.',
		`Until the kernel knows it: ${driverLine(device)}`,
		'A newer kernel may know it for good.',
	],
	certainty: 'proven',
	reference: 'Linux qcserial.c; Sierra forum 9153; rule R12',
});

/** R12. */
export function noDriver(): Rule {
	const waiting = new BoundedMap<string, { since: number; device: UsbDevice }>();
	return ({ t, event }) => {
		if (event?.type === 'usb-came' && isModem(event.device)) {
			waiting.set(event.device.path, { since: t, device: event.device });
		}
		if (event?.type === 'usb-changed') {
			const known = waiting.get(event.device.path);
			if (known) known.device = event.device;
		}
		if (event?.type === 'usb-went') waiting.delete(event.path);
		for (const [path, { since, device }] of waiting) {
			if (t - since < driversNeed) continue;
			waiting.delete(path);
			if (needsDriver(device)) return words(device);
		}
		return undefined;
	};
}
