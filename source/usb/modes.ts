/**
 * Which life a USB device leads. VID:PID alone does not tell: an RC7620 keeps 1199:68c0 in the
 * application and in the boot loader. Interfaces tell first, ids second.
 */
import type { UsbDevice, UsbInterface } from '../events.ts';

export type Mode = 'application' | 'loader' | 'edl' | 'memory dump' | 'unknown';

/** Vendors whose devices are modems: Sierra (AirPrime, Wavecom), Qualcomm, Quectel, Telit. */
const modemVendors = new Set(['1199', '0f3d', '114f', '05c6', '2c7c', '1bc7']);
/** Sierra's modems in the name of those who sell keyboards (Dell) and Wi-Fi sticks (Netgear) too. */
const modemProducts: Readonly<Record<string, RegExp>> = { '413c': /^8[12]/, '0846': /^68e/ };
/** Vendors with the interfaces of Sierra's layouts. */
const sierraLayout = new Set(['1199', '0f3d', '114f', '413c']);
/** Gobi 2000 and 3000, which have AT on interface 2 and NMEA on 3 (qcserial, G2K). */
const gobi = /^(?:68a[59]|900[1-9a]|901[1359])$/;

export function isModem({ vid, pid, interfaces }: UsbDevice): boolean {
	if (modemVendors.has(vid) || modemProducts[vid]?.test(pid)) return true;
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
	const numbers = nodes.flatMap((node) => /^ttyUSB(\d+)$/.exec(node)?.[1] ?? []).map(Number);
	const first = Math.min(...numbers);
	const last = Math.max(...numbers);
	const isRange = numbers.length > 1 && last - first === numbers.length - 1;
	const ttys = isRange ? [`ttyUSB${first}-${last}`] : numbers.map((number) => `ttyUSB${number}`);
	const others = nodes.filter((node) => /^(?:tty(?!USB)|cdc-wdm)/.test(node));
	return [...ttys, ...others].join(' ');
}

/** Where AT is spoken: Sierra's layouts say which interface; elsewhere the option driver's first with an interrupt endpoint. */
export function atNode(device: UsbDevice): string | undefined {
	if (modeOf(device) !== 'application') return undefined;
	const { vid, pid, interfaces } = device;
	const ttyOf = (entry: UsbDevice['interfaces'][number] | undefined) =>
		entry?.nodes.find((node) => node.startsWith('tty'));
	if (sierraLayout.has(vid)) {
		const number = gobi.test(pid) ? 2 : 3;
		return ttyOf(interfaces.find((entry) => entry.number === number));
	}
	return ttyOf(interfaces.find((entry) => entry.endpoints === 3 && ttyOf(entry)));
}

/** The one port of a loader. */
export function loaderNode(device: UsbDevice): string | undefined {
	if (modeOf(device) === 'application') return undefined;
	return device.interfaces[0]?.nodes.find((node) => node.startsWith('tty'));
}

/** The one interface of a loader that no driver holds: it can be spoken to over its endpoints. */
export function loaderInterface(device: UsbDevice): UsbInterface | undefined {
	if (modeOf(device) === 'application') return undefined;
	return device.interfaces.find(({ driver, endpoints }) => !driver && endpoints >= 2);
}

/** The model by its product string, without the maker's name: `RC7620`. */
export function modelOf({ product, vid, pid }: UsbDevice): string {
	const name = product?.replace(/^Sierra Wireless,?( Inc(orporated|\.)?)? */i, '').trim();
	return name || `${vid}:${pid}`;
}
