/**
 * Which life a USB device leads. VID:PID alone does not tell: an RC7620 keeps 1199:68c0 in the
 * application and in the boot loader. Interfaces tell first, ids second.
 */
import type { UsbDevice, UsbInterface } from '../../events.ts';
import { type Identity, identityOf } from '../../modems/identities.ts';
import type { Mode } from '../../modems/product.ts';
import { atTty, ttyOf } from './roles.ts';

/**
 * Vendors whose devices are modems: Sierra (AirPrime, Wavecom), Qualcomm, Quectel, Telit, Fibocom,
 * SIMCom, MeiG, Rolling, Comneon.
 */
const modemVendors = new Set('1199 0f3d 114f 05c6 2c7c 1bc7 2cb7 1e0e 2dee 33f8 1519'.split(' '));
/** Sierra's modems in the name of those who sell keyboards (Dell) and Wi-Fi sticks (Netgear) too. */
const modemProducts: Readonly<Record<string, RegExp>> = { '413c': /^8[12]/, '0846': /^68e/ };
export function isModem(device: UsbDevice): boolean {
	const { vid, pid, interfaces } = device;
	if (modemVendors.has(vid) || modemProducts[vid]?.test(pid) || identityOf(device)) return true;
	return interfaces.some(({ driver }) => driver !== undefined && modemDrivers.test(driver));
}

/** Drivers that take nothing but modems. */
const modemDrivers =
	/^(?:qcserial|option|sierra|sierra_net|qmi_wwan\w*|cdc_mbim|cdc_wdm|huawei_cdc_ncm|hso|Gobi(?:Serial|Net))$/;
/** Drivers that take a download port: they are serial drivers for vendors' interfaces. */
const downloadDrivers = /^(?:qcserial|option|GobiSerial|usbserial_generic)$/;
/**
 * The product string of the loader in the chip's ROM, whatever its id (QFirehose, bkerler/edl). Sierra's
 * own loader has it too: an EM7565 at 1199:9090 after AT!BOOTHOLD (Sierra forum 16236).
 */
const romLoader = /^QH?S?USB_{1,2}BULK/i;

export function modeOf(device: UsbDevice): Mode {
	const { interfaces, authorized } = device;
	const identity = identityOf(device);
	const told = identity?.mode;
	if (told === 'edl' || told === 'memory dump') return told;
	if (romLoader.test(device.product ?? '') && !isSierra(device)) return 'edl';
	// A log may tell the id and no interfaces; a device that is not configured has none.
	if (interfaces.length === 0) return (authorized !== false && told) || 'unknown';
	if (interfaces.length > 1) return 'application';
	const [only] = interfaces as [UsbInterface];
	if (/^(?:qmi_wwan|cdc_mbim)$/.test(only.driver ?? '')) return 'application';
	if (only.class === '//') return modeByDriver(only, identity);
	return isDownloadPort(only) ? 'loader' : 'unknown';
}

/**
 * The test that qcserial and libqmi use: one interface is a boot loader's, if it is the vendor's own
 * and has two endpoints. A list that tells no endpoints leaves them open.
 */
const isDownloadPort = ({ class: kind, endpoints, driver }: UsbInterface) =>
	/^ff\//.test(kind) &&
	(endpoints === 2 || endpoints === 0) &&
	(driver === undefined || downloadDrivers.test(driver) || driver === 'usbfs');

/**
 * Of a log that tells no descriptors: the one interface that it shows may be one of many that a grep
 * left out. A loader has interface 0 and a serial driver, and its id is no application's.
 */
function modeByDriver({ number, driver = '' }: UsbInterface, identity: Identity | undefined): Mode {
	if (identity?.mode) return identity.mode;
	if (!downloadDrivers.test(driver)) return driver === '' ? 'unknown' : 'application';
	if (number !== 0) return 'application';
	return identity ? 'loader' : 'unknown';
}

/** What the mode leaves open, in a sentence. */
export function modeNote(device: UsbDevice): string | undefined {
	const mode = modeOf(device);
	if (mode === 'loader' && isSierra(device)) {
		return 'A crash dump looks the same; only the HELLO of the loader shows which it is.';
	}
	if (mode !== 'unknown') return undefined;
	if (device.authorized === false) {
		return 'It is not configured: its authorized is 0.';
	}
	return device.interfaces.length === 0
		? 'Without interfaces, application and loader look the same.'
		: 'Its one interface is no download port.';
}

/** Sierra Wireless, AirPrime and Wavecom, and Dell, who sells Sierra's. */
const isSierra = ({ vid }: UsbDevice) => /^(?:1199|0f3d|114f|413c)$/.test(vid);

/** `app 4 if`, `boot 1 if`: the mode in a column. */
export function modeLabel(device: UsbDevice): string {
	const words = {
		application: 'app',
		loader: 'boot',
		edl: 'EDL',
		'memory dump': 'dump',
		unknown: '?',
	};
	const count = device.interfaces.length;
	return `${words[modeOf(device)]}${count > 0 ? ` ${count} if` : ''}`;
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

/** Where AT is spoken, where the layout tells. */
export const atNode = (device: UsbDevice): string | undefined =>
	modeOf(device) === 'application' ? atTty(device) : undefined;

/** The one port of a loader. */
export function loaderNode(device: UsbDevice): string | undefined {
	if (modeOf(device) === 'application') return undefined;
	return device.interfaces.flatMap((iface) => ttyOf(iface) ?? [])[0];
}

/**
 * The one interface of a loader that can be spoken to over its endpoints: one that no driver has, or
 * `isHeld` by one that it is taken from.
 */
export function loaderInterface(
	device: UsbDevice,
	{ isHeld = false }: { isHeld?: boolean } = {},
): UsbInterface | undefined {
	if (modeOf(device) === 'application') return undefined;
	return device.interfaces.find(({ driver, endpoints }) => (isHeld || !driver) && endpoints >= 2);
}

/** Whether a loader can be spoken to here, over a tty or over its endpoints. */
export const isLoader = (device: UsbDevice | undefined): boolean =>
	device !== undefined && (loaderNode(device) ?? loaderInterface(device)) !== undefined;
