import { on, once } from 'node:events';
import { type AddressInfo, createServer, type Socket, connect as toServer } from 'node:net';
import { exitCode, Problem } from '../../problem.ts';

const loopback = '127.0.0.1';
const isDown: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'ENETUNREACH']);

/**
 * Two ends of one connection, for Node has no socketpair(2). The far one is never read here: its
 * descriptor is for the kernel, and is closed by `handOver`. Throws a Problem without a loopback.
 */
export async function socketPair(): Promise<{
	near: Socket;
	handOver(take: (fd: number) => void): void;
}> {
	const server = createServer({ pauseOnConnect: true });
	server.listen(0, loopback);
	await once(server, 'listening').catch(refuse);
	const arrivals = on(server, 'connection', { close: ['close'] });
	const near = toServer((server.address() as AddressInfo).port, loopback);
	try {
		await once(near, 'connect').catch(refuse);
		const far = await fromPort(arrivals, near.localPort);
		far.setNoDelay(true);
		return {
			near,
			handOver: (take) => {
				try {
					take(descriptorOf(far));
				} finally {
					far.destroy();
				}
			},
		};
	} catch (error) {
		near.destroy();
		throw error;
	} finally {
		server.close();
	}
}

function refuse(error: unknown): never {
	throw loopbackDown(error) ?? error;
}

/** Any process of this machine could have connected in between. */
async function fromPort(arrivals: AsyncIterable<Socket[]>, port: number | undefined) {
	for await (const [socket] of arrivals) {
		if (socket?.remotePort === port) return socket!;
		socket?.destroy();
	}
	throw new Error('the connection did not arrive');
}

/** Node shows it nowhere else. */
function descriptorOf(socket: Socket): number {
	const { _handle: handle } = socket as unknown as { _handle?: { fd?: number } };
	if (handle?.fd === undefined || handle.fd < 0) throw new Error('the socket has no descriptor');
	return handle.fd;
}

/** Undefined where it is something else that failed. */
function loopbackDown(error: unknown): Problem | undefined {
	const { code } = error as NodeJS.ErrnoException;
	if (!isDown.has(code)) return undefined;
	return new Problem(
		exitCode.noAccess,
		`This machine cannot speak to itself over ${loopback} (${code}): its interface lo is down.`,
		{
			modem: 'No simulated modem was plugged in.',
			next: 'bring it up with "ip link set lo up".',
			cause: error,
		},
	);
}
