/** One interface of a device in sysfs: its descriptor, its endpoints, its driver and its nodes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbEndpoint, UsbInterface } from '../events.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { attribute, known, linkedName, namesIn } from './sysfs-files.ts';

/** The interface at this folder; with `dev`, the nodes that are not there are told. Undefined when it is gone. */
export function readInterface(at: string, dev: string | undefined): UsbInterface | undefined {
	const [number, ...classes] = [
		'bInterfaceNumber',
		'bInterfaceClass',
		'bInterfaceSubClass',
		'bInterfaceProtocol',
	].map((name) => attribute(at, name));
	if (number === undefined) return undefined;
	const own = namesIn(at);
	const pipes = own.flatMap((name) => pipeOf(at, name) ?? []).sort(inFirst);
	const nodes = nodesOf(at, own);
	return known<UsbInterface>({
		number: Number.parseInt(number, 16),
		class: classes.join('/'),
		endpoints: Number.parseInt(attribute(at, 'bNumEndpoints') ?? '0', 16),
		pipes: pipes.length > 0 ? pipes : undefined,
		driver: driverOf(at),
		nodes,
		missing: missingOf(nodes, dev),
	});
}

export const driverOf = (at: string) => linkedName(join(at, 'driver'));

const pipeTypes: Readonly<Record<string, UsbEndpoint['type']>> = {
	Control: 'control',
	Isoc: 'isochronous',
	Bulk: 'bulk',
	Interrupt: 'interrupt',
};

function pipeOf(at: string, name: string): UsbEndpoint | undefined {
	const [, address] = /^ep_([0-9a-f]{2})$/.exec(name) ?? [];
	const type = address && pipeTypes[attribute(join(at, name), 'type') ?? ''];
	return type ? { address, type } : undefined;
}

/** The descriptors' own order is not told; the highest bit is the direction. */
const inFirst = (a: UsbEndpoint, b: UsbEndpoint) => {
	const [first, second] = [a, b].map(({ address }) => Number.parseInt(address, 16) ^ 0x80);
	return first! - second!;
};

/** ttyUSB0 stands in the interface's folder itself; ttyACM0, cdc-wdm0 and wwan0 one floor down. */
function nodesOf(at: string, own: readonly string[]): string[] {
	const below = ['tty', 'usbmisc', 'net'].filter((name) => own.includes(name));
	return [
		...own.filter((name) => /^ttyUSB\d+$/.test(name)),
		...below.flatMap((name) => namesIn(join(at, name))),
	].map(sanitize);
}

/** A network interface has no node, and where there is no /dev nothing can be said. */
function missingOf(nodes: readonly string[], dev: string | undefined): string[] | undefined {
	if (dev === undefined) return undefined;
	const missing = nodes.filter(
		(node) => /^(?:tty|cdc-wdm)/.test(node) && !existsSync(join(dev, node)),
	);
	return missing.length > 0 && existsSync(dev) ? missing : undefined;
}
