/** The models that the simulator plays: each as its row in the table has it. */

import type { FirmwareNames, Product, Simulated, UsbIds } from './product.ts';
import { type SimulatedName, simulatedRows } from './products.ts';

/** What tells one simulated model from another. */
export type Model = Simulated & {
	readonly vid: string;
	/** USB product ids of the application and of the boot loader, which may be the same. */
	readonly applicationPid: string;
	readonly loaderPid: string;
	/** The chip family, as the headers of its images name it. */
	readonly product: string;
	/** The device, as its version strings name it. */
	readonly device: string;
	readonly family: Product;
};

type Row = Product & { readonly firmware: FirmwareNames; readonly simulated: readonly Simulated[] };

/** A model with its ids in a type of AT!USBCOMP; undefined where they are not known. */
export function modelInType(model: Model, type: number): Model | undefined {
	const { usb, usbComp } = model.family;
	if (type === (usbComp?.generic ?? 1)) return model;
	const row = usb.find((one) => one.usbComp === type);
	return row && { ...model, ...idsOf(row) };
}

const idsOf = ({ application, loader }: UsbIds) => {
	const [vid = '', applicationPid = ''] = application?.split(/[: ]/) ?? [];
	const [, loaderPid = ''] = loader?.split(/[: ]/) ?? [];
	return { vid, applicationPid, loaderPid };
};

/** The first ids of a row are those that its models are played with. */
function modelsOf(family: Row): Model[] {
	const { usb, firmware, simulated } = family;
	const shared = { ...idsOf(usb[0]!), product: firmware.header };
	return simulated.map((model) => ({ ...model, ...shared, device: firmware.device, family }));
}

export const models = Object.fromEntries(
	simulatedRows.flatMap((row) => modelsOf(row)).map((model) => [model.name, model]),
) as Readonly<Record<SimulatedName, Model>>;
