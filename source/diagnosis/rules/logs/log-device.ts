/** Rules about devices of a log that tells which drivers took them, and no descriptors. */
import type { UsbDevice } from '../../../events.ts';
import { driverLine } from '../../../usb/device/drivers.ts';
import { BoundedMap } from '../../evidence/bounded-map.ts';
import { type FindingText, onTime, type Rule } from '../../evidence/rule.ts';
import { whenSettled } from '../../evidence/when-settled.ts';

/** Drivers that make a serial port, and those that make a network of it. */
const serial = /^(?:qcserial|option|sierra|GobiSerial|usbserial_generic)$/;
const network =
	/^(?:qmi_wwan\w*|cdc_mbim|cdc_ether|cdc_ncm|rndis_host|sierra_net|huawei_cdc_ncm|GobiNet|hso)$/;

const composition: Readonly<Record<string, string>> = {
	'1199': 'Read its composition: AT!USBCOMP?, and AT!CUSTOM? for what hides interfaces.',
	'2c7c': 'Read its composition: AT+QCFG="usbnet", AT+QCFG="usbcfg".',
	'1bc7': 'Read its composition: AT#USBCFG?.',
	'2cb7': 'Read its composition: AT+GTUSBMODE?.',
	'1e0e': 'Read its composition: AT+CUSBPIDSWITCH?.',
};

/** Serial ports only: an application that lacks its network interface, or whose driver is missing. */
export const noNetwork = whenSettled(({ vid, interfaces }) => {
	const told = interfaces.every((iface) => iface.class === '//');
	const ttys = interfaces.filter(({ driver = '' }) => serial.test(driver));
	if (!told || ttys.length < 2) return undefined;
	if (interfaces.some(({ driver = '' }) => network.test(driver))) return undefined;
	return {
		title: 'No QMI or MBIM interface came in this log',
		means:
			'Serial drivers took the modem, and no network driver did: its USB composition leaves the network out, this kernel lacks qmi_wwan or cdc_mbim, or the log is only a part.',
		next: [
			'Look at all of its interfaces: lsusb -t, or modemscope watch --list.',
			'Load the drivers: sudo modprobe -a qmi_wwan cdc_mbim.',
			composition[vid] ?? 'Read its USB composition with the maker’s AT command.',
		],
		certainty: 'possible',
		reference: 'Sierra forum 8499; Linux qmi_wwan.c',
	};
});

/** What the core says of a device beside its coming and going. A log filtered by an id has none of it. */
const about =
	/^usb (\d+-[\d.]+): (?:Product|Manufacturer|SerialNumber|New USB device strings|config \d)/;

/** Where a log names the device and no driver behind it. */
export function noDriverLine(): Rule {
	const described = new BoundedMap<string, true>();
	const judge = whenSettled((device: UsbDevice): FindingText | undefined => {
		const { vid, pid, path, interfaces, authorized, driversTold } = device;
		const isOfALog = interfaces.length === 0 && authorized === undefined && driversTold !== false;
		if (!isOfALog || !described.has(path)) return undefined;
		return {
			title: `No driver took ${vid}:${pid} in this log`,
			means:
				'The kernel names it, and no line of a driver follows: this kernel does not know the id, or its driver is not there. Unless the log was filtered.',
			next: [
				'Load the drivers: sudo modprobe -a qcserial option qmi_wwan cdc_mbim.',
				`Until the kernel knows it: ${driverLine(device)}`,
				'A newer kernel may know it for good.',
			],
			certainty: 'likely',
			reference: 'Linux qcserial.c; Sierra forum 9153',
		};
	})();
	const { types, waits } = judge.reads;
	return onTime(['note', ...types], waits, (moment) => {
		const { event } = moment;
		const path = event?.type === 'note' ? about.exec(event.text)?.[1] : undefined;
		if (path !== undefined) described.set(path, true);
		if (event?.type === 'usb-went') described.delete(event.path);
		return judge(moment);
	});
}
