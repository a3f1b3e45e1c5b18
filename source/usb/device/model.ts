/** Which model a device is, as far as it says so itself. */
import type { UsbDevice } from '../../events.ts';
import { identityOf } from '../../modems/identities.ts';
import type { Product } from '../../modems/product.ts';
import { productOf, productOfModel } from '../../modems/products.ts';

/** What a loader calls itself: an EM7565 at 1199:9090 is `QUSB__BULK` (Sierra forum 16236). */
const loaderName = /^Q(?:HS)?USB_/i;

/** The model by its product string, `RC7620`; undefined where that names none. */
export function modelName({ product = '' }: UsbDevice): string | undefined {
	const name = product.replace(/^Sierra Wireless,?( Inc(orporated|\.)?)? */i, '').trim();
	if (name === '' || loaderName.test(name)) return undefined;
	return name.split(/\s+/).find(productOfModel) ?? name;
}

/** For a person: the model, or the ids. */
export const modelOf = (device: UsbDevice): string => modelName(device) ?? idsOf(device);

const idsOf = ({ vid, pid }: UsbDevice) => `${vid}:${pid}`;

/**
 * What a device is called, by itself or by `known`, a model that was told elsewhere; where neither
 * tells, its ids and the families that they leave open.
 */
export function calledOf(
	device: UsbDevice,
	known?: string,
): { model: string; families?: readonly Product[] } {
	const model = modelName(device) ?? known;
	if (model !== undefined) return { model };
	const families = identityOf(device)?.products.filter(({ models }) => models) ?? [];
	return { model: idsOf(device), families };
}

/** The model that this port showed before, in devices from first to last, where that can be the same modem. */
export function modelBefore(device: UsbDevice, before: readonly UsbDevice[]): string | undefined {
	const named = before.findLast((one) => modelName(one) !== undefined);
	const model = named && modelName(named);
	if (!named || !model) return undefined;
	return idsOf(named) === idsOf(device) || couldBe(device, model) ? model : undefined;
}

/** Whether its ids allow a device to be this model. The chip's own loader may be any. */
export function couldBe(device: UsbDevice, model: string): boolean {
	const products = identityOf(device)?.products ?? [];
	const product = productOfModel(model);
	return products.every(({ models }) => !models) || (!!product && products.includes(product));
}

/** The product by the model's name, where that is known from elsewhere, or by what the device says. */
export const productOfDevice = (device: UsbDevice, model?: string): Product | undefined =>
	productOf(model ?? modelName(device), identityOf(device)?.products);
