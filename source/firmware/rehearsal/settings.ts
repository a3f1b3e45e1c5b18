import { encodeNvUpdate, type NvSetting } from '../cwe/nv-update.ts';

/** Settings as files of an EM7455 have them (eagleusb/wwan makenvup.pl); they change no modem. */
const settings: readonly NvSetting[] = [
	{ name: 'CARRIERID', value: Buffer.from([1, 0]) },
	{ name: 'USB_COMP', value: Buffer.from([1, 0, 0, 0, 0x0d, 0x10, 0, 0]) },
	{ name: 'CUST_GPSENABLE', value: Buffer.from([1]) },
	{ name: 'W_DISABLE', value: Buffer.from([0]) },
	{ id: 10, value: Buffer.from([4, 0, 0]) },
	{ name: 'PRODUCT_SKU', value: Buffer.from('9999999'.padEnd(32, '\0')) },
	{
		name: '/nv/item_files/modem/sms/store_to_sim_if_nv_full',
		storage: 1,
		value: Buffer.from([1]),
	},
];

const path = '/nv/item_files/modem/rehearsal';

/** Settings of exactly so many bytes: as many as fit, and a file of `fill` for the rest. */
export function rehearsalSettings(length: number, fill: (length: number) => Buffer): Buffer {
	const chosen: NvSetting[] = [];
	const filler = (bytes: number): NvSetting => ({ name: path, storage: 1, value: fill(bytes) });
	const least = (more: readonly NvSetting[]) => encodeNvUpdate([...more, filler(0)]).length;
	for (const setting of settings) {
		if (least([...chosen, setting]) <= length) chosen.push(setting);
	}
	return encodeNvUpdate([...chosen, filler(length - least(chosen))]);
}
