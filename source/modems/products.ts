/** Every modem that is known here, and how one is found: by its name, by what its firmware names. */
import { gobi } from './gobi.ts';
import { otherMakers } from './other-makers.ts';
import type { Product } from './product.ts';
import { sierra } from './sierra.ts';
import { brandedSierra } from './sierra-branded.ts';
import { olderSierra } from './sierra-older.ts';

const rows = [...sierra, ...olderSierra, ...brandedSierra, ...gobi, ...otherMakers] as const;
export const products: readonly Product[] = rows;

type SimulatedRow = Extract<(typeof rows)[number], { readonly simulated: unknown }>;
export const simulatedRows = rows.filter((row): row is SimulatedRow => 'simulated' in row);
/** The models that the simulator plays. */
export type SimulatedName = SimulatedRow['simulated'][number]['name'];

export const productOfModel = (model: string): Product | undefined =>
	products.find(({ models }) => models?.test(model));

/** By the device in a version string: `SWI9X07H`. */
export const productOfFirmware = (device: string): Product | undefined =>
	products.find(({ firmware }) => firmware?.devices.test(device));

/** By what a header names as the product: `9X07`. Products of one chip share it. */
export const productOfHeader = (header: string): Product | undefined =>
	products.find(({ firmware }) => firmware?.headers.test(header));

/** The one product that a device is, by its model's name or else by its id; undefined when that is open. */
export function productOf(
	model: string | undefined,
	candidates: readonly Product[] = [],
): Product | undefined {
	const named = model === undefined ? undefined : productOfModel(model);
	return named ?? (candidates.length === 1 ? candidates[0] : undefined);
}
