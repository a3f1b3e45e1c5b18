/** Which download protocol a loader speaks: what a person asks for, and what its chip tells. */
import type { Matchable } from '../../firmware/match.ts';
import type { LoaderProtocol, Product } from '../../modems/product.ts';
import { productOfFirmware, productOfHeader } from '../../modems/products.ts';

/** `auto` tries in the order that is safe for the chip. */
export const protocols = ['auto', 'sahara', 'firehose', 'qdl'] as const;
export type Protocol = (typeof protocols)[number];

/**
 * What loaders of this chip speak; undefined when the chip is not known. Of several families that a
 * modem may be of, all have to speak the same.
 */
export function loaderProtocolOf(
	families: readonly Product[],
	{ images, versions }: Matchable,
): LoaderProtocol | undefined {
	const device = versions.device?.value ?? '';
	const product = images[0]?.header.product ?? '';
	const [spoken, ...others] = new Set(families.map(({ loader }) => loader));
	if (spoken && others.length === 0) return spoken;
	return (productOfFirmware(device) ?? productOfHeader(product))?.loader;
}
