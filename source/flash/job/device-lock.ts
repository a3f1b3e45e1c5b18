/**
 * The lock of a modem: a name that the kernel gives to one process at a time and takes back when
 * that process ends, however it ends. It is a socket in Linux's abstract namespace (unix(7)), so it
 * holds between users, where a file in somebody's home would not, and nothing is left of it to be
 * taken over from the dead. Who connects is told who holds it.
 */
import { createHash } from 'node:crypto';
import { createConnection, createServer, type Server } from 'node:net';
import * as v from 'valibot';
import type { Host } from '../../host.ts';
import { alreadyRuns, type Holder, lockUnclear } from '../model/outcomes/job.ts';

const holder = v.object({ pid: v.number(), model: v.string(), path: v.string() });

/** Wall milliseconds that a holder may take to say who it is. */
const answerWithin = 1000;
/** Tries while a name is neither free nor held: its last holder is just going. */
const mostTries = 20;

/** A name is at most 107 bytes long, and a rehearsal's folder may not be. */
function nameOf(path: string, rehearsal: string | undefined): string {
	const where =
		rehearsal === undefined
			? 'usb'
			: createHash('sha256').update(rehearsal).digest('hex').slice(0, 16);
	return `\0modemscope/flash/${where}/${path}`;
}

/**
 * Locks the modem at these port paths, all or none, and returns how to let go. Throws a Problem
 * that names the holder when another process has one of them.
 */
export async function lockDevice(
	paths: readonly string[],
	rehearsal: string | undefined,
	me: Holder,
): Promise<() => Promise<void>> {
	const held: Server[] = [];
	const release = async () => {
		await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
	};
	try {
		// In one order, so that two who want the same pair do not each get one of it.
		for (const path of paths.toSorted()) held.push(await take(path, rehearsal, me));
		return release;
	} catch (error) {
		await release();
		throw error;
	}
}

/** Who holds the lock of a modem now; undefined when nobody does. */
export const lockHolder = ({ rehearsal }: Pick<Host, 'rehearsal'>, path: string) =>
	askHolder(nameOf(path, rehearsal), path);

async function take(path: string, rehearsal: string | undefined, me: Holder): Promise<Server> {
	const name = nameOf(path, rehearsal);
	for (let tries = 0; tries < mostTries; tries++) {
		const server = await listen(name, JSON.stringify(me));
		if (server) return server;
		const other = await askHolder(name, path);
		if (other) throw alreadyRuns(other);
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw lockUnclear(path);
}

/** Undefined when another process has the name. */
function listen(name: string, says: string): Promise<Server | undefined> {
	return new Promise((resolve, reject) => {
		const server = createServer((asker) => {
			asker.on('error', () => {});
			asker.end(says);
		});
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') resolve(undefined);
			else reject(error);
		});
		server.listen(name, () => {
			// A lock keeps nobody awake; who holds it has work to do.
			server.unref();
			resolve(server);
		});
	});
}

function askHolder(name: string, path: string): Promise<Holder | undefined> {
	return new Promise((resolve) => {
		const socket = createConnection(name);
		let said = '';
		// It holds the lock, but is too busy, or stopped, to say who it is.
		const timer = setTimeout(() => end({ pid: 0, model: 'a modem', path }), answerWithin);
		const end = (found: Holder | undefined) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(found);
		};
		socket.setEncoding('utf8');
		socket.on('data', (text: string) => {
			said += text;
		});
		socket.on('error', () => end(undefined));
		socket.on('end', () => end(parse(said)));
	});
}

function parse(said: string): Holder | undefined {
	try {
		const read = v.safeParse(holder, JSON.parse(said));
		return read.success ? read.output : undefined;
	} catch {
		return undefined;
	}
}
