import { createHash } from 'node:crypto';
import type { Emit } from '../events.ts';
import type { Link } from './link.ts';

/** Makes, for one direction, what hides in its bytes what is not for everybody. */
export type Redactor = () => (bytes: Uint8Array) => Uint8Array;

const nothing: Redactor = () => (bytes) => bytes;

/** The same link, with everything that crosses it said as events. */
export function recordTraffic(link: Link, emit: Emit, redactor = nothing): Link {
	emit('port', { type: 'port-opened', port: link.port });
	void link.ended.then((why) =>
		emit(
			'port',
			why === undefined
				? { type: 'port-closed', port: link.port }
				: { type: 'port-lost', port: link.port, why },
		),
	);
	const redact = { in: redactor(), out: redactor() };
	const bytesEvent = (dir: 'in' | 'out', bytes: Uint8Array) => {
		const hex = Buffer.from(redact[dir](bytes)).toString('hex');
		emit('port', { type: 'bytes', port: link.port, dir, hex });
	};
	let putBack = 0;
	return {
		...link,
		write: async (bytes, payload) => {
			// It is on its way before it is said: a window does not wait for words.
			const written = link.write(bytes);
			if (payload) {
				const { head = 0, ...note } = payload;
				if (head > 0) bytesEvent('out', bytes.subarray(0, head));
				const carried = bytes.subarray(head, head + note.length);
				const sha256 = createHash('sha256').update(carried).digest('hex');
				emit('port', { type: 'payload', port: link.port, ...note, sha256 });
			} else {
				bytesEvent('out', bytes);
			}
			await written;
		},
		read: async (seconds, signal) => {
			const bytes = await link.read(seconds, signal);
			if (!bytes) return undefined;
			// What was put back has been said already.
			const fresh = bytes.subarray(Math.min(putBack, bytes.length));
			putBack -= bytes.length - fresh.length;
			if (fresh.length > 0) bytesEvent('in', fresh);
			return bytes;
		},
		unread: (bytes) => {
			putBack += bytes.length;
			link.unread(bytes);
		},
	};
}
