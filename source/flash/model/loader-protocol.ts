/** Which download protocol a loader speaks: what a person says, and what its chip tells. */

import type { UsbDevice } from '../../events.ts';
import type { Matchable } from '../../firmware/match.ts';
import { identityOf } from '../../modems/identities.ts';
import type { LoaderProtocol } from '../../modems/product.ts';
import { productOfDevice, productOfHeader, productOfModel } from '../../modems/products.ts';
import { exitCode } from '../../problem.ts';
import type { PlanCheck } from './plan.ts';

/** `auto` tries in the order that is safe for the chip. */
export const protocols = ['auto', 'sahara', 'firehose', 'qdl'] as const;
export type Protocol = (typeof protocols)[number];

/**
 * What loaders of this chip speak; undefined when the chip is not known. The model tells first, then
 * the USB id where all who have it speak the same, then the file.
 */
export function loaderProtocolOf(
	device: UsbDevice,
	model: string,
	{ images, versions }: Matchable,
): LoaderProtocol | undefined {
	const named = productOfModel(model)?.loader;
	if (named) return named;
	const [one, ...others] = new Set(identityOf(device)?.products.map(({ loader }) => loader));
	if (one && others.length === 0) return one;
	const firmware = versions.device?.value ?? '';
	const product = images[0]?.header.product ?? '';
	return (productOfDevice(firmware) ?? productOfHeader(product))?.loader;
}

/** SDP spoils a Sahara loader: who asks for it there has to insist. */
export function protocolCheck(
	protocol: Protocol,
	speaks: LoaderProtocol | undefined,
	model: string,
): PlanCheck[] {
	const wrong =
		(protocol === 'qdl' && speaks === 'sahara') ||
		((protocol === 'sahara' || protocol === 'firehose') && speaks === 'qdl');
	if (!wrong) return [];
	const says = `the loader of ${model} speaks ${speaks === 'qdl' ? 'QDL' : 'Sahara and Firehose'}: leave --protocol away`;
	return [{ name: 'protocol', state: 'refuse', exit: exitCode.usage, says, mayOverride: true }];
}
