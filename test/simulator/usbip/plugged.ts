import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { models } from '../../../source/modems/simulated.ts';
import { loaderDevice } from '../../../source/simulator/device/devices.ts';
import { ByteQueue } from '../../../source/simulator/usbip/byte-queue.ts';
import { Gadget } from '../../../source/simulator/usbip/gadget.ts';
import { UrbStream } from '../../../source/simulator/usbip/urb-stream.ts';
import { Kernel, setup } from './client.ts';

/** A device without a modem behind it: the test has the modem's end of every port. */
export function plugged(device = loaderDevice(models.RC7620, 59)) {
	const ends = new Map<number, Duplex>();
	const ports = new Map(
		device.interfaces.map(({ number }) => [number, (end: Duplex) => void ends.set(number, end)]),
	);
	const gadget = new Gadget(device, ports);
	const bytes = new ByteQueue();
	const sent: Buffer[] = [];
	const stream = new UrbStream(bytes, gadget, (header, data = Buffer.alloc(0)) => {
		for (const piece of [header, data]) {
			sent.push(piece);
			kernel.hear(piece);
		}
	});
	const feed = (piece: Buffer) => {
		bytes.push(piece);
		stream.read();
	};
	const kernel = new Kernel(feed);
	return { gadget, kernel, feed, stream, sent, end: (number = 0) => ends.get(number)! };
}

export async function configured(device = loaderDevice(models.RC7620, 59)) {
	const met = plugged(device);
	expect(await met.kernel.control(setup.configure)).toMatchObject({ status: 0 });
	return met;
}

export const status = {
	stall: -32,
	overflow: -75,
	unlinked: -104,
	shutdown: -108,
	short: -121,
};
