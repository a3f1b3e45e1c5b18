import type { UsbDevice } from '../../events.ts';
import { isModem } from '../../usb/modes.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Rule, Words } from '../rule.ts';

/** Drivers bind after the device has come, seconds. */
const driversNeed = 3;

const words = ({ vid, pid }: UsbDevice): Words => ({
	title: `No driver: the kernel binds none to ${vid}:${pid}`,
	means:
		'The modem is on USB, and its vendor interfaces have no driver, so there is no ttyUSB and no cdc-wdm. This kernel does not know the product id, or its driver is not built or not loaded.',
	next: [
		'Load the drivers: modprobe qcserial qmi_wwan.',
		`Until the kernel knows it: echo ${vid} ${pid} > /sys/bus/usb-serial/drivers/qcserial/new_id`,
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
			if (lacksDriver(device)) return words(device);
		}
		return undefined;
	};
}

/** One vendor interface without a driver is normal (ADB, or a modem's spare ports); all are not. */
function lacksDriver({ interfaces }: UsbDevice): boolean {
	const vendors = interfaces.filter((entry) => entry.class.startsWith('ff/'));
	return vendors.length > 0 && interfaces.every(({ driver }) => driver === undefined);
}
