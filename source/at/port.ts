import { join } from 'node:path';
import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { openPort } from '../link/open.ts';
import { tap } from '../link/tap.ts';
import { exitCode, Problem } from '../problem.ts';
import { atNode, modeOf } from '../usb/modes.ts';
import { AtChannel } from './channel.ts';

/** Where AT is spoken on this device; throws a Problem that says why nowhere. */
export function atPortOf(host: Host, device: UsbDevice | undefined): string {
	if (!device) {
		throw new Problem(exitCode.noDevice, 'There is no modem to send AT commands to.', {
			next: 'wait until it appears, or arm the command with h for its next window.',
		});
	}
	const node = atNode(device);
	if (node) return join(host.dev, node);
	throw modeOf(device) === 'application'
		? new Problem(exitCode.noDevice, `No AT port was found among the interfaces of ${device.path}.`)
		: new Problem(
				exitCode.noDevice,
				'The boot loader does not speak AT: only the application does.',
				{
					modem: `The modem at ${device.path} holds in its boot loader.`,
					next: 'flash it, or power cycle it to start its application.',
				},
			);
}

/** Opens the port for the time of `use` and closes it at once: a port held over an unplug keeps its name from the next one. */
export async function withAtChannel<T>(
	host: Host,
	port: string,
	emit: Emit,
	use: (channel: AtChannel) => Promise<T>,
): Promise<T> {
	const link = tap(await openPort(port, host.clock), emit);
	try {
		return await use(new AtChannel(link, host.clock, emit));
	} finally {
		await link.close();
	}
}
