/** What each port of a modem is for, by its driver and by the number of its interface. */
import type { UsbDevice, UsbInterface } from '../../events.ts';
import { identityOf } from '../../modems/identities.ts';
import { type Layout, type Role, roleAt } from '../../modems/layouts.ts';

/** Vendors whose ids that are not listed have Sierra's usual layout. */
const sierra = new Set(['1199', '0f3d', '114f', '413c']);

const layoutOf = (device: UsbDevice): Layout | undefined =>
	identityOf(device)?.layout ?? (sierra.has(device.vid) ? 'SWI' : undefined);

/** What this interface of an application is for; undefined when that is not known. */
export function roleOf(device: UsbDevice, iface: UsbInterface): Role | undefined {
	if (iface.driver === 'qmi_wwan') return 'QMI';
	if (iface.driver === 'cdc_mbim') return 'MBIM';
	const layout = layoutOf(device);
	return layout === undefined ? undefined : roleAt(layout, iface.number);
}

/** The first tty that AT is spoken on; without a known layout the first with an interrupt endpoint, as option's are. */
export function atTty(device: UsbDevice): string | undefined {
	const withTty = device.interfaces.filter(ttyOf);
	const iface = layoutOf(device)
		? withTty.find((entry) => roleOf(device, entry) === 'AT')
		: withTty.find(({ endpoints }) => endpoints === 3);
	return iface && ttyOf(iface);
}

export const ttyOf = ({ nodes }: UsbInterface): string | undefined =>
	nodes.find((node) => node.startsWith('tty'));
