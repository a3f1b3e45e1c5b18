import { lstatSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import { exitCode, Problem } from '../problem.ts';
import { isCdcWdm, openCdcWdm } from './cdc-wdm.ts';
import { type Link, streamLink } from './link.ts';
import { portHeld, refuseHeldPort } from './port-holder.ts';
import type { TtyOptions } from './tty.ts';
import { isBulkPort, openBulk } from './usb-bulk.ts';

export type OpenOptions = TtyOptions & {
	/** The folder of the rehearsal that the port belongs to: its ports are sockets. */
	readonly rehearsal?: string | undefined;
};

/**
 * Opens a port by its path: a tty through serialport, raw and exclusive; a socket, as a rehearsed
 * modem has, through the net; a cdc-wdm by its messages; the bulk pipes of an interface, without its driver (usb-bulk.ts).
 * A tty that another process has open is refused, as far as this user may see; looking takes some
 * milliseconds, which who is `inHurry` saves, and then only a lock is noticed; he does not wait for one
 * late open either. Throws a Problem that says why it could not.
 */
export async function openPort(
	path: string,
	clock: Clock,
	{ inHurry = false, longWrites = false, rehearsal }: OpenOptions = {},
): Promise<Link> {
	try {
		if (isBulkPort(path)) return streamLink(await openBulk(path), path, clock);
		// A link in a rehearsal's folder could lead to the tty of a real modem.
		const node = rehearsal === undefined ? statSync(path) : lstatSync(path);
		if (rehearsal !== undefined && !node.isSocket()) throw notRehearsed(path);
		if (!node.isSocket() && !node.isCharacterDevice()) throw notAPort(path);
		if (node.isCharacterDevice() && !inHurry) refuseHeldPort(path);
		// Loaded late: a rehearsal needs no serial port, and the first frame none at all.
		const stream = node.isSocket()
			? await openSocket(path)
			: await openNode(path, { inHurry, longWrites });
		return streamLink(stream, path, clock);
	} catch (error) {
		throw portProblem(path, error);
	}
}

const openNode = async (
	path: string,
	options: TtyOptions,
): Promise<Duplex & Pick<Link, 'sendBreak'>> =>
	isCdcWdm(path) ? openCdcWdm(path) : (await import('./tty.ts')).openTty(path, options);

async function openSocket(path: string) {
	const socket = createConnection(path);
	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve).once('error', reject);
	});
	return socket;
}

const notRehearsed = (path: string) =>
	new Problem(exitCode.noDevice, `${path} is no port of the simulated modem.`, {
		modem: 'Nothing was opened.',
		next: 'leave --rehearsal away for a real modem.',
	});

const notAPort = (path: string) =>
	new Problem(exitCode.noDevice, `${path} is not a port.`, {
		next: 'look with "modemscope watch" which ports the modem shows.',
	});

function portProblem(path: string, error: unknown): Problem {
	if (error instanceof Problem) return error;
	const why = error instanceof Error ? error.message : String(error);
	const code = (error as NodeJS.ErrnoException).code ?? '';
	if (code === 'ENOENT' || code === 'ECONNREFUSED' || /No such file/i.test(why)) {
		return new Problem(exitCode.noDevice, `There is no port ${path}.`, {
			next: 'look with "modemscope watch" which ports the modem shows.',
			cause: error,
		});
	}
	if (code === 'EACCES' || /permission denied/i.test(why)) {
		return new Problem(exitCode.noAccess, `You may not open ${path}.`, {
			next: 'join the group dialout, or run modemscope with sudo.',
			cause: error,
		});
	}
	if (/lock|busy|temporarily unavailable/i.test(why)) {
		return portHeld(path, error);
	}
	return new Problem(exitCode.noDevice, `${path} could not be opened: ${why}.`, { cause: error });
}
