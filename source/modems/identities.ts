/**
 * USB ids of modems: which product, which life, which layout of interfaces. Ids come second: an
 * RC7620 has the same in both lives, and a loader that waits has the id of one that crashed.
 */
import type { Layout } from './layouts.ts';
import type { Mode, Product, UsbIds } from './product.ts';
import { products } from './products.ts';

export type Identity = {
	/** `1199:9071`. */
	readonly id: string;
	/** What it is sold as; several share an id. */
	readonly models: string;
	/** The products that have it. */
	readonly products: readonly Product[];
	/** The life that the id tells; undefined when it serves for several. */
	readonly mode: Mode | undefined;
	readonly layout: Layout | undefined;
	readonly source: string;
};

/** `1199:9071 9079` in full. */
function idsOf(listed = ''): string[] {
	const [vendor = '', numbers = ''] = listed.split(':');
	return numbers.split(' ').flatMap((product) => (product ? [`${vendor}:${product}`] : []));
}

/** Each id of a row with the life that it tells. */
function livesOf({ application, loader, edl, memoryDump, other }: UsbIds) {
	const applications = idsOf(application);
	const loaders = idsOf(loader);
	const modeOf = (id: string): Mode | undefined => {
		if (!loaders.includes(id)) return 'application';
		return applications.includes(id) ? undefined : 'loader';
	};
	const lives = new Map<string, Mode | undefined>();
	for (const id of [...applications, ...loaders]) lives.set(id, modeOf(id));
	for (const id of idsOf(edl)) lives.set(id, 'edl');
	for (const id of idsOf(memoryDump)) lives.set(id, 'memory dump');
	for (const id of idsOf(other)) lives.set(id, undefined);
	return lives;
}

/** By id; those of a number of interfaces behind it: `05c6:9215 5`. */
function identify(): Map<string, Identity> {
	const found = new Map<string, Identity>();
	for (const product of products) {
		for (const usb of product.usb) {
			for (const [id, mode] of livesOf(usb)) {
				const name = usb.name ?? product.name;
				const key = keyOf(id, usb.interfaces);
				const known = found.get(key);
				found.set(key, {
					id,
					models: known ? `${known.models}, ${name}` : name,
					products: [...(known?.products ?? []), product],
					mode,
					layout: usb.layout,
					source: usb.source,
				});
			}
		}
	}
	return found;
}

const keyOf = (id: string, interfaces: number | undefined) =>
	interfaces === undefined ? id : `${id} ${interfaces}`;

const byId = identify();

export const identities: readonly Identity[] = [...byId]
	.filter(([key, { id }]) => key === id)
	.map(([, identity]) => identity);

/** `interfaces` of the device, where they are known. */
export function identityOf({
	vid,
	pid,
	interfaces = [],
}: {
	readonly vid: string;
	readonly pid: string;
	readonly interfaces?: readonly unknown[];
}): Identity | undefined {
	const id = `${vid}:${pid}`;
	return byId.get(keyOf(id, interfaces.length)) ?? byId.get(id);
}
