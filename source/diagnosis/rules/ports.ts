/** Ports that are not where they are looked for. */
import { whenSettled } from '../when-settled.ts';

/** R13. */
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
		reference: 'Sierra forum 24154, page 2; rule R13',
	};
});

/** R20. */
export const mbimOnly = whenSettled(({ interfaces }) => {
	const hasMbim = interfaces.some(({ driver }) => driver === 'cdc_mbim');
	const hasTty = interfaces.some(({ nodes }) => nodes.some((node) => node.startsWith('tty')));
	if (!hasMbim || hasTty) return undefined;
	return {
		title: 'MBIM only: this composition has no serial port',
		means:
			'The modem runs and has a network, but its USB composition leaves out DIAG, NMEA and AT. It cannot be caught with AT!BOOTHOLD like this.',
		next: [
			'Switch the composition: swi_setusbcomp.pl, which speaks QMI over MBIM.',
			'Or update it through cdc-wdm with qmi-firmware-update, which needs no serial port to begin.',
		],
		certainty: 'proven',
		reference: 'Sierra forum 8499, 7986; rule R20',
	};
});

/** R31. */
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
					'Linux Documentation/driver-api/usb/power-management; an inference, no field report; rule R31',
			}
		: undefined,
);
