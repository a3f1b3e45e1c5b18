/** Ports that are not where they are looked for. */
import type { UsbDevice } from '../../events.ts';
import { driverLine, needsDriver } from '../../usb/device/drivers.ts';
import { productOfDevice } from '../../usb/device/model.ts';
import { modeOf } from '../../usb/device/modes.ts';
import { roleOf } from '../../usb/device/roles.ts';
import { whenSettled } from '../evidence/when-settled.ts';

export const missingNode = whenSettled(({ interfaces }) => {
	const missing = interfaces.flatMap((iface) => iface.missing ?? []);
	if (missing.length === 0) return undefined;
	return {
		title: `No node: the kernel has ${missing.join(', ')}, and /dev has not`,
		means:
			'The driver is bound and made its port, but nothing made the node: this system runs no udev, or its mdev has no rule for it.',
		next: [
			'Have the nodes made: mdev -s, or sudo udevadm trigger.',
			'Or make one by hand: modemscope doctor prints the line with its numbers.',
		],
		certainty: 'proven',
		reference: 'Sierra forum 24154, page 2',
	};
});

/** The AT port is there, at an id or in a composition that no driver of this kernel knows. */
export const atUnbound = whenSettled((device) => {
	const at = unboundAt(device);
	if (!at || needsDriver(device)) return undefined;
	const { vid, pid } = device;
	const { generic } = productOfDevice(device)?.usbComp ?? {};
	return {
		title: `No AT port: interface ${at.number} of ${vid}:${pid} has no driver`,
		means:
			'AT is spoken on that interface, and no driver of this kernel is bound to it. AT!USBCOMP with another type does this: the ids and the ports change with the type.',
		next: [
			`Bind one until the next start of this machine: ${driverLine(device)}`,
			...(generic
				? [`Then go back to the type that Linux knows: AT!USBCOMP=1,${generic},100D, and AT!RESET.`]
				: []),
		],
		certainty: 'proven',
		reference:
			'linux-usb 2024-11-17, qcserial patch 2; Sierra forum 14913, 17567; wirelessjoint thread 911',
	};
});

/** The AT interface that no driver is bound to. */
export const unboundAt = (device: UsbDevice) =>
	modeOf(device) === 'application' && device.driversTold !== false
		? device.interfaces.find((one) => one.driver === undefined && roleOf(device, one) === 'AT')
		: undefined;

/** Of other makers' modems many are made so. */
const isSierra = ({ vid }: UsbDevice) => /^(?:1199|0f3d|114f|413c)$/.test(vid);

export const mbimOnly = whenSettled((device) => {
	const { interfaces } = device;
	const hasMbim = interfaces.some(({ driver }) => driver === 'cdc_mbim');
	const hasTty = interfaces.some(({ nodes }) => nodes.some((node) => node.startsWith('tty')));
	if (!isSierra(device) || !hasMbim || hasTty || unboundAt(device)) return undefined;
	return {
		title: 'MBIM only: this composition has no serial port',
		means:
			'The modem runs and has a network, but its USB composition leaves out DIAG, NMEA and AT. It cannot be caught with AT!BOOTHOLD like this.',
		next: [
			'Switch the composition: swi_setusbcomp.pl, which speaks QMI over MBIM.',
			'Or update it through cdc-wdm with qmi-firmware-update, which needs no serial port to begin.',
		],
		certainty: 'proven',
		reference: 'Sierra forum 8499, 7986',
	};
});

export const autosuspend = whenSettled(({ path, power }) =>
	power === 'auto'
		? {
				title: 'Autosuspend is on for this modem',
				means:
					'The kernel suspends it when it is idle. A read may stall then, or a port that has been idle may end with "endpoint hangup".',
				next: [
					`Turn it off: echo on | sudo tee /sys/bus/usb/devices/${path}/power/control`,
					'Find what turned it on: TLP and powertop do.',
				],
				certainty: 'possible',
				reference:
					'Linux Documentation/driver-api/usb/power-management; an inference, no field report',
			}
		: undefined,
);
