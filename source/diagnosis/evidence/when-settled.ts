import type { UsbDevice } from '../../events.ts';
import { isModem } from '../../usb/device/modes.ts';
import { BoundedMap } from './bounded-map.ts';
import { type FindingText, onTime } from './rule.ts';

type Waiting = {
	since: number;
	device: UsbDevice;
	lineNumber: number | undefined;
	untimed: true | undefined;
};

/** Drivers bind and nodes appear after the device has come, seconds. */
const driversNeed = 3;
const rounding = 1e-6;

/**
 * A rule that judges each modem when its drivers have had time to bind, and again when it changes. It
 * gives one finding each time the modem is plugged in. When a log ends before that, it judges then.
 */
export const whenSettled = (judge: (device: UsbDevice) => FindingText | undefined) => () => {
	const waiting = new BoundedMap<string, Waiting>();
	const told = new Set<string>();
	/** Before that none of them has had its time: they are asked about at every moment. */
	let due = Infinity;
	const dueOf = ({ since }: Waiting) => since + driversNeed - rounding;
	const waits = (t: number) => t >= due;
	return onTime(['usb-came', 'usb-changed', 'usb-went'], waits, ({ t, event, ended }) => {
		if (event?.type === 'usb-came') told.delete(event.device.path);
		if (event?.type === 'usb-came' || event?.type === 'usb-changed') {
			const { device } = event;
			const { lineNumber, untimed } = event;
			if (isModem(device)) waiting.set(device.path, { since: t, device, lineNumber, untimed });
			due = Math.min(due, ...[...waiting.values()].map(dueOf));
		}
		if (event?.type === 'usb-went') waiting.delete(event.path);
		if (t < due && !ended) return undefined;
		for (const [path, { since, device, lineNumber, untimed }] of waiting) {
			const isSettled = t - since >= driversNeed;
			if (!isSettled && !ended) continue;
			waiting.delete(path);
			const words = told.has(path) ? undefined : judge(device);
			if (!words) continue;
			told.add(path);
			const lines = lineNumber === undefined ? {} : { lines: [lineNumber] };
			// A list tells how things are; a log that ends may have ended too soon.
			const early = isSettled || untimed ? {} : { certainty: 'possible' as const };
			return { ...words, ...early, path, ...lines };
		}
		due = Math.min(...[...waiting.values()].map(dueOf));
		return undefined;
	});
};
