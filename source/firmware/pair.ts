/**
 * Files that are flashed together: older products get their firmware as a .cwe and the settings of a
 * carrier as an .nvu, and a modem whose two do not match stays in low power (IMSWITCH).
 */
import { allImages } from './cwe/image-tree.ts';
import type { Matchable } from './match.ts';

export type Part = Matchable & { readonly name: string };

export type PairCheck = {
	/** Names of the two files. */
	readonly files: readonly [firmware: string, settings: string];
	readonly name: 'firmware' | 'product' | 'device';
	readonly state: 'checked' | 'failed' | 'not checkable';
	readonly says: string;
};

/** `settings`: nothing but FILE and NVUP images; `firmware`: no settings among them. */
export type Half = 'firmware' | 'settings' | 'whole';

export function halfOf({ images }: Matchable): Half {
	const types = allImages(images).map(({ header }) => header.type.toUpperCase());
	if (!types.includes('NVUP')) return 'firmware';
	return types.every((type) => /^(?:SPKG|FILE|NVUP|ARCH)$/.test(type)) ? 'settings' : 'whole';
}

/**
 * Every settings file against the firmware beside it; nothing where there are not both, or where
 * more than one firmware leaves open which is meant.
 */
export function judgePairs(files: readonly Part[]): PairCheck[] {
	const firmware = files.filter((file) => halfOf(file) === 'firmware');
	const settings = files.filter((file) => halfOf(file) === 'settings');
	const [only, ...more] = firmware;
	if (!only || more.length) return [];
	return settings.flatMap((other) => judge(only, other));
}

function judge(firmware: Part, settings: Part): PairCheck[] {
	const compare = (
		name: PairCheck['name'],
		what: string,
		a: string | undefined,
		b: string | undefined,
	): PairCheck => {
		const files = [firmware.name, settings.name] as const;
		if (!a || !b) {
			const says = `One of the files does not name its ${what}.`;
			return { files, name, state: 'not checkable', says };
		}
		return a.toLowerCase() === b.toLowerCase()
			? { files, name, state: 'checked', says: `Both are of ${what} ${a}.` }
			: {
					files,
					name,
					state: 'failed',
					says: `The firmware is of ${what} ${a}, the settings are of ${b}.`,
				};
	};
	const version = ({ versions }: Part) => versions.firmware?.value;
	// Files of a maker of laptops name the modem there, EM7455 for a SWI9X30C.
	const device = ({ versions }: Part) =>
		versions.device && /^SWI/i.test(versions.device.value) ? versions.device.value : undefined;
	const product = ({ images }: Part) => images[0]?.header.product;
	return [
		compare('firmware', 'version', version(firmware), version(settings)),
		compare('device', 'device', device(firmware), device(settings)),
		compare('product', 'product', product(firmware), product(settings)),
	];
}
