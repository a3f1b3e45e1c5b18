/** system/70-modemscope.rules, made from the table of modems. */
import { type Identity, identities } from '../source/modems/identities.ts';

/** A line a vendor: what a match of udev takes for its products, between bars. */
function byVendor(wanted: readonly Identity[], line: (match: string) => string): string[] {
	const vendors = Map.groupBy(wanted, ({ id }) => id.slice(0, 4));
	return [...vendors].map(([vendor, ids]) => {
		const products = ids.map(({ id }) => id.slice(5)).sort();
		return line(`ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${products.join('|')}"`);
	});
}

const loaders = identities.filter(({ mode }) => mode && mode !== 'application');
const either = identities.filter(({ mode }) => mode === undefined);

const openTo = (match: string) =>
	`SUBSYSTEM=="tty|usbmisc|usb", ${match}, GROUP="dialout", MODE="0660", TAG+="uaccess"`;
const left = (match: string) => `#SUBSYSTEMS=="usb", ${match}, ENV{ID_MM_DEVICE_IGNORE}="1"`;

export const udevRules = (): string =>
	[
		'# modemscope: who may open modems. Made from source/modems/ by `npm run build:docs`.',
		'# The group dialout, and whoever sits at the machine, may read and write the ports of the modems',
		'# that are known, and their USB nodes: this is what AT, QMI and a flash need instead of root.',
		'# It goes to /etc/udev/rules.d or /usr/local/lib/udev/rules.d. Then:',
		'#   udevadm control --reload && udevadm trigger',
		'',
		'ACTION=="remove", GOTO="modemscope_end"',
		'',
		...byVendor(identities, openTo),
		'',
		'# An option: ModemManager leaves boot loaders and crash dumps alone, for its AT bytes make a loader',
		'# miss its HELLO. Take the # away from the lines that start with #SUBSYSTEMS.',
		...byVendor(loaders, left),
		'# These ids are of both lives. A loader has one interface.',
		...byVendor(either, (match) => left(`${match}, ATTRS{bNumInterfaces}==" 1"`)),
		'',
		'LABEL="modemscope_end"',
		'',
	].join('\n');
