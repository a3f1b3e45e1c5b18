/** Whether a modem's interfaces have their drivers, and what binds one. */
import type { UsbDevice } from '../../events.ts';

/** One vendor interface without a driver is normal (ADB, or a modem's spare ports); all are not. */
export const needsDriver = ({ interfaces }: UsbDevice): boolean =>
	interfaces.some(({ class: kind }) => kind.startsWith('ff/')) &&
	interfaces.every(({ driver }) => driver === undefined);

/** Tells qcserial of an id that this kernel does not know, until it is loaded anew. */
export const driverLine = ({ vid, pid }: UsbDevice): string =>
	`echo ${vid} ${pid} | sudo tee /sys/bus/usb-serial/drivers/qcserial/new_id`;
