/**
 * Which life a USB device leads. VID:PID alone does not tell: an RC7620 keeps 1199:68c0 in the
 * application and in the boot loader. Interfaces tell first, ids second.
 */
import type { UsbDevice } from '../events.ts';

export type Mode = 'application' | 'loader' | 'edl' | 'memory dump' | 'unknown';

/** Vendors whose devices are modems: Sierra, Qualcomm, Quectel, Telit, and Sierra's in Dell's and Netgear's name. */
const modemVendors = new Set(['1199', '05c6', '2c7c', '1bc7', '413c', '0f3d', '114f', '0846']);
/** Dell sells keyboards too: only its 81xx and 82xx products are modems. */
const dellModem = /^8[12]/;

export function isModem({ vid, pid, interfaces }: UsbDevice): boolean {
	if (vid === '413c') return dellModem.test(pid);
	if (modemVendors.has(vid)) return true;
	return interfaces.some(({ driver }) => driver === 'qcserial' || driver === 'qmi_wwan');
}

export function modeOf(device: UsbDevice): Mode {
	if (device.vid === '05c6' && device.pid === '9008') return 'edl';
	if (device.vid === '05c6' && device.pid === '900e') return 'memory dump';
	// The test that qcserial and libqmi use: one interface is a boot loader's.
	if (device.interfaces.length === 1) return 'loader';
	return device.interfaces.length > 1 ? 'application' : 'unknown';
}

/** `app 4 if`, `boot 1 if`: the mode in a column. */
export function modeLabel(device: UsbDevice): string {
	const words = {
		application: 'app',
		loader: 'boot',
		edl: 'EDL',
		'memory dump': 'dump',
		unknown: '?',
	};
	return `${words[modeOf(device)]} ${device.interfaces.length} if`;
}

/** Every node of a device, ttys as a range: `ttyUSB0-2 cdc-wdm0`. */
export function nodesLabel({ interfaces }: UsbDevice): string {
	const nodes = interfaces.flatMap((entry) => entry.nodes);
	const ttys = nodes.flatMap((node) => /^ttyUSB(\d+)$/.exec(node)?.[1] ?? []).map(Number);
	const first = Math.min(...ttys);
	const last = Math.max(...ttys);
	const range = last - first === ttys.length - 1 && ttys.length > 1;
	const shown = range ? [`ttyUSB${first}-${last}`] : ttys.map((number) => `ttyUSB${number}`);
	return [...shown, ...nodes.filter((node) => node.startsWith('cdc-wdm'))].join(' ');
}

/** Sierra's layout puts AT on interface 3 (qcserial, SWI); elsewhere the option driver's first with an interrupt endpoint. */
export function atNode(device: UsbDevice): string | undefined {
	if (modeOf(device) !== 'application') return undefined;
	const ttys = device.interfaces.filter(({ nodes }) =>
		nodes.some((node) => node.startsWith('tty')),
	);
	const at =
		(device.vid === '1199' ? ttys.find(({ number }) => number === 3) : undefined) ??
		ttys.find(({ endpoints }) => endpoints === 3);
	return at?.nodes.find((node) => node.startsWith('tty'));
}

/** The one port of a loader. */
export function loaderNode(device: UsbDevice): string | undefined {
	if (modeOf(device) === 'application') return undefined;
	return device.interfaces[0]?.nodes.find((node) => node.startsWith('tty'));
}

/** The model by its product string, without the maker's name: `RC7620`. */
export function modelOf({ product, vid, pid }: UsbDevice): string {
	const name = product?.replace(/^Sierra Wireless,?( Inc(orporated|\.)?)? */i, '').trim();
	return name || `${vid}:${pid}`;
}
