/**
 * mbim-proxy of libmbim, through which ModemManager asks an MBIM modem: it keeps the port open for
 * five minutes after the last of its clients (mbim-proxy.c, EMPTY_TIMEOUT_DEFAULT), and two readers
 * would share what the modem says. So it is asked for the port, as libmbim does.
 */
import { createConnection } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Host } from '../host.ts';
import { type Link, streamLink } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import { holdersOf } from '../processes.ts';
import { readMbim, sayProxyConfiguration } from '../protocol/qmi/mbim.ts';

/** In the namespace of Linux that is no file (unix(7), abstract). */
const proxySocket = '\0mbim-proxy';
/** Seconds that the proxy may take to open the port. */
const configureWait = 15;

/** Whether mbim-proxy has the port at `path` open, and nobody else. */
export function isHeldByProxy({ proc, rehearsal }: Host, path: string): boolean {
	if (rehearsal !== undefined) return false;
	const { holders } = holdersOf(proc, path);
	return holders.length > 0 && holders.every(({ name }) => name === 'mbim-proxy');
}

/** Opens the port at `path` through the proxy. Throws a Problem when that does not give it. */
export async function openThroughProxy(
	path: string,
	clock: Clock,
	socketPath = proxySocket,
): Promise<Link> {
	const socket = createConnection({ path: socketPath });
	try {
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve).once('error', reject);
		});
	} catch (error) {
		throw refused(path, (error as Error).message, error);
	}
	const link = streamLink(socket, path, clock);
	await link.write(sayProxyConfiguration(1, path, configureWait));
	const deadline = clock.now() + configureWait;
	for (let held = Buffer.alloc(0); ; ) {
		const more = await link.read(Math.max(0, deadline - clock.now())).catch(() => undefined);
		if (more) held = Buffer.concat([held, more]);
		const answer = readMbim(held);
		if (answer?.status === 0) return link;
		if (more && !answer) continue;
		await link.close();
		throw refused(path, answer ? `it answered with status ${answer.status}` : 'it did not answer');
	}
}

const refused = (path: string, why: string, cause?: unknown) =>
	new Problem(exitCode.noAccess, `mbim-proxy holds ${path} and does not share it: ${why}.`, {
		next: 'run modemscope with sudo, or end mbim-proxy.',
		cause,
	});
