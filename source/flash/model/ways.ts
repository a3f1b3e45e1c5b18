/** How a person brings a modem into the loader that takes a flash, and out of it. */
import { productOfModel } from '../../modems/products.ts';
import { wayIn, wayOut } from '../../modems/ways-in.ts';

/** Clauses for a next step, about "it". */
export type Ways = { readonly in: string; readonly out: string };

/** The ways of a modem's own boot loader. */
export const waysOf = (model: string): Ways => {
	const product = productOfModel(model);
	return { in: wayIn(product), out: wayOut(product) };
};

/** The ways of the chip's own loader, which takes partitions from a maker's programmer. */
export const emergencyWays: Ways = {
	in: 'bring it to its emergency loader again (05c6:9008: a power cycle, with its test point if need be)',
	out: 'let go of its test point and power cycle it',
};
