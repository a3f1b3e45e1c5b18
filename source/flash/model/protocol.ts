/** Which download protocol a loader speaks: what a person asks for, and what its chip tells. */
import type { Matchable } from '../../firmware/match.ts';
import type { LoaderProtocol, Product } from '../../modems/product.ts';
import { productOfFirmware, productOfHeader } from '../../modems/products.ts';

/** `auto` tries in the order that is safe for the chip. */
export const protocols = ['auto', 'sahara', 'firehose', 'qdl'] as const;
export type Protocol = (typeof protocols)[number];

/** What loaders of this chip speak; undefined when the chip is not known. */
export function loaderProtocolOf(
	known: Product | undefined,
	{ images, versions }: Matchable,
): LoaderProtocol | undefined {
	const device = versions.device?.value ?? '';
	const product = images[0]?.header.product ?? '';
	return (known ?? productOfFirmware(device) ?? productOfHeader(product))?.loader;
}
