/** An AT command that is armed on the gateway itself, where the link's delay does not count. */
import { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import { type Link, streamLink } from '../link/link.ts';
import type { Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { type CatchRequest, catchScript } from './scripts.ts';
import { GatewayShell, gatewayGone, noUsbThere } from './shell.ts';

export type Caught = {
	readonly link: Link;
	/** The line was sent at most this long after the port came, seconds; undefined when it was there already. */
	readonly within: number | undefined;
};

/**
 * Waits there for the AT port and sends the line. Resolves with a link on which the first write is
 * taken as sent, for it was: what the modem answers comes from it. Undefined when no port came in
 * time, or when `signal` ended it. Calls `waits` when it waits there. Throws a Problem when the gateway
 * cannot be asked.
 */
export async function catchOnGateway(
	target: string,
	request: CatchRequest,
	clock: Clock,
	signal: AbortSignal,
	waits: () => void,
): Promise<Caught | undefined> {
	const shell = new GatewayShell(target, catchScript(request));
	const aborted = new Promise<undefined>((resolve) => {
		signal.addEventListener('abort', () => resolve(undefined), { once: true });
	});
	let inTime = true;
	const fired = new Promise<string | Problem>((resolve) => {
		shell.lines((line) => {
			if (line.startsWith('f ')) {
				// What follows on the same stream is the modem's.
				resolve(sanitize(line.slice(2)));
				shell.bytes((bytes) => port.push(bytes));
			} else if (line === 'a') {
				waits();
			} else if (line === '!') {
				inTime = false;
				resolve(noUsbThere(shell.name));
			}
		});
	});
	const port = new Duplex({
		read: () => {},
		write: (_bytes, _encoding, done) => done(),
		destroy: (error, done) => {
			shell.close();
			done(error);
		},
	});
	const over = shell.ended.then((said) => {
		port.push(null);
		return said === '' && inTime ? undefined : gatewayGone(shell.name, said);
	});
	const first = await Promise.race([fired, over, aborted]);
	if (typeof first === 'string') {
		const [node, hundredths] = first.split(' ');
		const within = hundredths ? Number(hundredths) / 100 : undefined;
		return { link: streamLink(port, `${shell.name}:${node}`, clock), within };
	}
	shell.kill();
	if (first) throw first;
	return undefined;
}
