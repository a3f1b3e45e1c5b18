/**
 * The interfaces that a device describes (USB 2.0, 9.6). The kernel shows its descriptors from the
 * first moment, whole and without waiting for the device's lock, while it still adds the interfaces
 * one after the other (Documentation/ABI/testing/sysfs-bus-usb, `descriptors`).
 */
import type { UsbEndpoint, UsbInterface } from '../../events.ts';

export type Described = Pick<UsbInterface, 'number' | 'class' | 'endpoints' | 'pipes'>;

/** The device's own descriptor comes first; those of its configurations follow. */
const deviceLength = 18;
const kinds = { configuration: 2, interface: 4, endpoint: 5 } as const;
const transferTypes = ['control', 'isochronous', 'bulk', 'interrupt'] as const;

/**
 * The interfaces of the configuration of this value, or of the first one, by number; of the settings
 * of an interface the first that has endpoints. What is cut short is left out; never throws.
 */
export function describedInterfaces(bytes: Uint8Array, configuration?: number): Described[] {
	const settings = new Map<number, Described & { pipes: UsbEndpoint[] }>();
	let pipes: UsbEndpoint[] | undefined;
	let isWanted = false;
	for (const [kind, data] of descriptorsIn(bytes)) {
		if (kind === kinds.configuration) {
			configuration ??= data[5];
			isWanted = data[5] === configuration;
		}
		if (!isWanted) continue;
		if (kind === kinds.interface && data.length >= 9) {
			const [, , number = 0, , endpoints = 0, ...triple] = data;
			pipes = undefined;
			if (settings.get(number)?.endpoints) continue;
			pipes = [];
			const name = triple.slice(0, 3).map(twoDigits).join('/');
			settings.set(number, { number, class: name, endpoints, pipes });
		}
		if (kind === kinds.endpoint && data.length >= 4) {
			pipes?.push({ address: twoDigits(data[2]!), type: transferTypes[data[3]! & 3]! });
		}
	}
	return [...settings.values()]
		.sort((a, b) => a.number - b.number)
		.map(({ pipes, ...rest }) =>
			pipes.length > 0 ? { ...rest, pipes: pipes.sort(inFirst) } : rest,
		);
}

/** Each descriptor with its kind; its own first byte is its length. */
function* descriptorsIn(bytes: Uint8Array): Generator<[kind: number, data: Uint8Array]> {
	let at = deviceLength;
	for (let length = bytes[at] ?? 0; length >= 2; length = bytes[at] ?? 0) {
		yield [bytes[at + 1] ?? 0, bytes.subarray(at, at + length)];
		at += length;
	}
}

const twoDigits = (number: number) => number.toString(16).padStart(2, '0');

/** The highest bit is the direction. */
const inFirst = (a: UsbEndpoint, b: UsbEndpoint) => {
	const [first, second] = [a, b].map(({ address }) => Number.parseInt(address, 16) ^ 0x80);
	return first! - second!;
};
