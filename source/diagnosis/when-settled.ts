import type { UsbDevice } from '../events.ts';
import { isModem } from '../usb/device/modes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { FindingText, Rule } from './rule.ts';

/** Drivers bind and nodes appear after the device has come, seconds. */
const driversNeed = 3;

/**
 * A rule that judges each modem when its drivers have had time to bind, and again when it changes. It
 * gives one finding each time the modem is plugged in.
 */
export const whenSettled = (judge: (device: UsbDevice) => FindingText | undefined) => (): Rule => {
	const waiting = new BoundedMap<string, { since: number; device: UsbDevice }>();
	const told = new Set<string>();
	return ({ t, event }) => {
		if (event?.type === 'usb-came') told.delete(event.device.path);
		if (event?.type === 'usb-came' || event?.type === 'usb-changed') {
			const { device } = event;
			if (isModem(device)) waiting.set(device.path, { since: t, device });
		}
		if (event?.type === 'usb-went') waiting.delete(event.path);
		for (const [path, { since, device }] of waiting) {
			if (t - since < driversNeed) continue;
			waiting.delete(path);
			const words = told.has(path) ? undefined : judge(device);
			if (!words) continue;
			told.add(path);
			return { ...words, path };
		}
		return undefined;
	};
};
