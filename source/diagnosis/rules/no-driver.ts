import { driverLine, needsDriver } from '../../usb/drivers.ts';
import { whenSettled } from '../when-settled.ts';

/** R12. */
export const noDriver = whenSettled((device) =>
	needsDriver(device)
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
				reference: 'Linux qcserial.c; Sierra forum 9153; rule R12',
			}
		: undefined,
);
