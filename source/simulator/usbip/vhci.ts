/** The kernel's virtual host controller (drivers/usb/usbip/vhci_sysfs.c). */
import { accessSync, constants, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, Problem } from '../../problem.ts';

/** Where it shows itself. */
export const vhciFolder = '/sys/devices/platform/vhci_hcd.0';

/** VDEV_ST_NULL: nothing is attached to the port. */
const free = 4;

const elsewhere = 'without root, offer it to "usbip attach" with --usbip-port 3240.';

/** Throws a Problem when the controller is not there, or not for this user. */
export function requireVhci(folder: string): void {
	const attach = join(folder, 'attach');
	try {
		accessSync(attach, constants.W_OK);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
			throw new Problem(exitCode.noDevice, 'This kernel has no virtual USB host controller now.', {
				next: `load it with "sudo modprobe vhci-hcd"; ${elsewhere}`,
				cause,
			});
		}
		throw new Problem(exitCode.noAccess, `This user may not plug in devices: ${attach}.`, {
			next: `run it with sudo; ${elsewhere}`,
			cause,
		});
	}
}

/** A connector has one port at the hub for USB 2 and one at that for USB 3, at the same place in both. */
export type Hub = 'hs' | 'ss';

/** The ports of a hub, in their order. */
export function portsOf(folder: string, hub: Hub): { port: number; isFree: boolean }[] {
	return readFileSync(join(folder, 'status'), 'latin1')
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.filter(([name]) => name === hub)
		.map(([, port, state]) => ({ port: Number(port), isFree: Number(state) === free }));
}

/**
 * Whether the kernel still has a device at a connector. One that leaves while its drivers look at it is
 * missed only when they are done; one that came back by then is taken for it, and never configured: a real
 * hub disables the port meanwhile, `rh_port_disconnect` in drivers/usb/usbip/vhci_hcd.c does not.
 */
export function isKnown(folder: string, connector: number): boolean {
	const isAtIt = (name: string) => /^\d+-(\d+)$/.exec(name)?.[1] === String(connector + 1);
	return readdirSync(folder)
		.filter((name) => /^usb\d+$/.test(name))
		.some((hub) => readdirSync(join(folder, hub)).some(isAtIt));
}

/**
 * Plugs in what speaks USB/IP at the other end of a socket; the kernel keeps its own hold of `fd`.
 * Throws a Problem when it does not.
 */
export function attach(
	folder: string,
	{ port, fd, deviceId, speed }: { port: number; fd: number; deviceId: number; speed: number },
): void {
	try {
		writeFileSync(join(folder, 'attach'), `${port} ${fd} ${deviceId} ${speed}`);
	} catch (cause) {
		const { message } = cause as Error;
		throw new Problem(exitCode.noAccess, `The kernel does not take the modem: ${message}.`, {
			next: `"dmesg" may say why; ${elsewhere}`,
			cause,
		});
	}
}

export function detach(folder: string, port: number): void {
	try {
		writeFileSync(join(folder, 'detach'), String(port));
	} catch (error) {
		// EINVAL: it was detached by somebody else.
		if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
	}
}
