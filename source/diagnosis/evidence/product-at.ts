import { basename } from 'node:path';
import type { Product } from '../../modems/product.ts';
import { modelBefore, modelName, productOfDevice } from '../../usb/device/model.ts';
import { isModem } from '../../usb/device/modes.ts';
import type { PortTimeline } from '../../usb/timeline/timeline.ts';
import type { Moment } from './rule.ts';

/** The product of the modem at a USB port, by what it shows now or showed before. */
export function productOfPort({ spans }: PortTimeline): Product | undefined {
	const device = spans.at(-1)?.device;
	if (!device) return undefined;
	// Most say it themselves; a loop has hundreds of spans.
	if (modelName(device) !== undefined) return productOfDevice(device);
	const devices = spans.map((span) => span.device);
	return productOfDevice(device, modelBefore(device, devices));
}

/** The product behind a tty, or of the only modem that there is; undefined where neither tells. */
export function productAt(
	{ timeline, t }: Pick<Moment, 'timeline' | 't'>,
	tty?: string,
): Product | undefined {
	const modems = timeline.ports(t).filter(({ spans }) => spans.slice(-1).some(hasModem));
	const node = tty === undefined ? undefined : basename(tty);
	const behind = modems.find(({ spans }) =>
		spans.at(-1)?.device.interfaces.some(({ nodes }) => nodes.some((name) => name === node)),
	);
	const found = behind ?? (modems.length === 1 ? modems[0] : undefined);
	return found && productOfPort(found);
}

const hasModem = ({ device }: PortTimeline['spans'][number]) => isModem(device);
