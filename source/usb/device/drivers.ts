/** Whether a modem's interfaces have their drivers, and what binds one. */
import type { UsbDevice } from '../../events.ts';
import { modeOf } from './modes.ts';

/** One vendor interface without a driver is normal (ADB, or a modem's spare ports); all are not. */
export const needsDriver = ({ interfaces, driversTold }: UsbDevice): boolean =>
	driversTold !== false &&
	interfaces.some(({ class: kind }) => kind.startsWith('ff/')) &&
	interfaces.every(({ driver }) => driver === undefined);

/**
 * Tells a driver of an id that this kernel does not know, until it is loaded anew. qcserial takes a
 * loader of any id; of an application it would take the ports of a Gobi 2000, where option takes all.
 */
export function driverLine(device: UsbDevice): string {
	const driver = modeOf(device) === 'application' ? 'option1' : 'qcserial';
	const { vid, pid } = device;
	return `echo ${vid} ${pid} | sudo tee /sys/bus/usb-serial/drivers/${driver}/new_id`;
}
