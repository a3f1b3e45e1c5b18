import { driverLine, needsDriver } from '../../usb/device/drivers.ts';
import { BoundedMap } from '../evidence/bounded-map.ts';
import { onTime, type Rule } from '../evidence/rule.ts';
import { whenSettled } from '../evidence/when-settled.ts';

/** Not for a modem that had a driver earlier in this life: somebody took it away. */
export const noDriver = (): Rule => {
	const hadDriver = new BoundedMap<string, true>();
	const judge = whenSettled((device) =>
		needsDriver(device) && !hadDriver.has(device.path)
			? {
					title: `No driver: the kernel binds none to ${device.vid}:${device.pid}`,
					means:
						'The modem is on USB, and its vendor interfaces have no driver, so there is no ttyUSB and no cdc-wdm. This kernel does not know the product id, or its driver is not built or not loaded.',
					next: [
						'Load the drivers: sudo modprobe -a qcserial qmi_wwan.',
						`Until the kernel knows it: ${driverLine(device)}`,
						'A newer kernel may know it for good.',
					],
					certainty: 'proven',
					reference: 'Linux qcserial.c; Sierra forum 9153',
				}
			: undefined,
	)();
	const { types, waits } = judge.reads;
	return onTime(types, waits, (moment) => {
		const { event } = moment;
		if (event?.type === 'usb-came') hadDriver.delete(event.device.path);
		if (event?.type === 'usb-came' || event?.type === 'usb-changed') {
			if (!needsDriver(event.device)) hadDriver.set(event.device.path, true);
		}
		return judge(moment);
	});
};
