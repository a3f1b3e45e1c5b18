import { join } from 'node:path';
import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import type { Link } from '../link/link.ts';
import { openPort } from '../link/open.ts';
import { recordTraffic } from '../link/traffic-recorder.ts';
import { exitCode, Problem } from '../problem.ts';
import { atNode, modeOf } from '../usb/device/modes.ts';
import { namesOnBus, readDevice } from '../usb/scan/sysfs.ts';
import { AtChannel } from './channel.ts';
import { secretMask } from './secrets.ts';

/**
 * Where AT is spoken on this device: by its interfaces, or else by asking its ports. Throws a Problem
 * that says why nowhere.
 */
export async function findAtPort(
	host: Host,
	device: UsbDevice | undefined,
	emit: Emit,
): Promise<string> {
	if (!device) {
		throw new Problem(exitCode.noDevice, 'There is no modem to send AT commands to.', {
			next: 'wait until it appears, or send it in its next window: modemscope at --catch.',
		});
	}
	// Nothing is ever said to a loader: it takes the first byte for a download.
	if (modeOf(device) !== 'application') {
		throw new Problem(
			exitCode.noDevice,
			'The boot loader does not speak AT: only the application does.',
			{
				modem: `The modem at ${device.path} holds in its boot loader.`,
				next: 'flash it: modemscope flash FILE; or start its application: modemscope leave.',
			},
		);
	}
	const node = atNode(device) ?? (await askForAt(host, device, emit));
	if (node) return join(host.dev, node);
	throw new Problem(
		exitCode.noDevice,
		`No AT port was found among the interfaces of ${device.path}.`,
		{ next: 'see which ports it has in view 1, or name one with --port.' },
	);
}

/** Seconds that each port is given to answer a plain AT. */
const askingWait = 1;

/** Says AT to each tty, the last first as libqmi does (qfu-at-device.c); DIAG and NMEA give no OK to it. */
async function askForAt(host: Host, device: UsbDevice, emit: Emit): Promise<string | undefined> {
	const ttys = device.interfaces.flatMap(({ nodes }) => nodes.filter((node) => /^tty/.test(node)));
	for (const node of ttys.reverse()) {
		const result = await withAtChannel(
			host,
			join(host.dev, node),
			emit,
			async (channel) => (await channel.send('AT', askingWait)).result,
		).catch((error) => {
			if (error instanceof Problem) return error.message;
			throw error;
		});
		if (result === 'OK') return node;
	}
	return undefined;
}

/** A pseudo-terminal of our own, with nobody at its other end. */
const nobody = '/dev/ptmx';

/**
 * Looks at whatever is on the bus, and sends AT to nobody, for whoever has no time to load and
 * compile all that when the port is there: on a slow machine that is half a second.
 */
export async function warmUp(host: Host): Promise<void> {
	const silent: Emit = () => {};
	const ask = (channel: AtChannel) => channel.send('AT', 0.01);
	const names = namesOnBus(host.sysfs);
	for (const name of names) {
		const device = readDevice(host.sysfs, name, names);
		if (device) atNode(device);
	}
	// Where no port can be opened, opening the right one says so.
	const open = () => openPort(nobody, host.clock, { inHurry: true });
	await withAtChannel(host, nobody, silent, ask, open).catch(() => {});
}

/**
 * Opens the port, at once or as `open` does, for the time of `use`, and closes it at once: a port held
 * over an unplug keeps its name from the next one.
 */
export async function withAtChannel<T>(
	host: Host,
	port: string,
	emit: Emit,
	use: (channel: AtChannel) => Promise<T>,
	open: () => Promise<Link> = () => openPort(port, host.clock, { rehearsal: host.rehearsal }),
): Promise<T> {
	const link = recordTraffic(await open(), emit, secretMask);
	try {
		return await use(new AtChannel(link, host.clock, emit));
	} finally {
		await link.close();
	}
}
