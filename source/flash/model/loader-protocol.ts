/** Which download protocol a loader speaks: what a person says, and what its chip tells. */

import type { Matchable } from '../../firmware/match.ts';
import {
	type Family,
	familyOfDevice,
	familyOfModel,
	familyOfProduct,
} from '../../firmware/products.ts';
import { exitCode } from '../../problem.ts';
import type { PlanCheck } from './plan.ts';

/** `auto` tries in the order that is safe for the chip. */
export const protocols = ['auto', 'sahara', 'firehose', 'qdl'] as const;
export type Protocol = (typeof protocols)[number];

/** What loaders of this chip speak; undefined when the chip is not known. */
export function loaderProtocolOf(
	model: string,
	{ images, versions }: Matchable,
): Family['speaks'] | undefined {
	const device = versions.device?.value ?? '';
	const product = images[0]?.header.product ?? '';
	return (familyOfModel(model) ?? familyOfDevice(device) ?? familyOfProduct(product))?.speaks;
}

/** SDP spoils a Sahara loader: who asks for it there by name is refused too. */
export function protocolCheck(
	protocol: Protocol,
	speaks: Family['speaks'] | undefined,
	model: string,
): PlanCheck[] {
	const wrong =
		(protocol === 'qdl' && speaks === 'sahara') ||
		((protocol === 'sahara' || protocol === 'firehose') && speaks === 'qdl');
	if (!wrong) return [];
	const says = `the loader of ${model} speaks ${speaks === 'qdl' ? 'QDL' : 'Sahara and Firehose'}: leave --protocol away`;
	return [{ name: 'protocol', state: 'refuse', exit: exitCode.usage, says }];
}
