/**
 * How a person names the modem that is to be flashed. A loader may not say its model: its id then
 * tells a few families, and the person tells the model.
 */
import type { Product } from './product.ts';
import { productOfModel } from './products.ts';

export type Named = {
	/** The model, or the ids of a device that tells none. */
	readonly model: string;
	/** The families that it may be of; absent where the model is known. */
	readonly families?: readonly string[] | undefined;
};

/** Whether what was typed, in any case, is the model, or one that it may be. */
export function namesModem(typed: string, { model, families }: Named): boolean {
	const name = typed.trim();
	const isSame = name.toLowerCase() === model.toLowerCase();
	if (families === undefined) return isSame;
	const product = productOfModel(name);
	if (families.length === 0) return isSame || product !== undefined;
	return product !== undefined && families.includes(product.name);
}

/** The name as it is written from here on. */
export function modelNamed(typed: string, { model, families }: Named): string {
	const name = typed.trim().toUpperCase();
	return families === undefined || name === model.toUpperCase() ? model : name;
}

/** What to type, for a person. */
export function namesOf({ model, families }: Named): string {
	if (families === undefined) return model;
	return families.length === 0
		? `its model, or ${model}`
		: `its model, one of ${families.join(', ')}`;
}

/** The families that a device may be of, by its ids and by the firmware that is for it. */
export function familiesOf(byId: readonly Product[], byFirmware: Product | undefined): Product[] {
	const named = byId.filter(({ models }) => models);
	if (byFirmware && (named.length === 0 || named.includes(byFirmware))) return [byFirmware];
	return named;
}
