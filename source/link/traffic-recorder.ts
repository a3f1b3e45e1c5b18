import { createHash } from 'node:crypto';
import type { Emit } from '../events.ts';
import type { Link } from './link.ts';

/** Makes, for one direction, what hides in its bytes what is not for everybody. */
export type Redactor = () => (bytes: Uint8Array) => Uint8Array;

const nothing: Redactor = () => (bytes) => bytes;

/** Which bytes of a firmware file a write carries; a recording keeps this instead of the bytes. */
export type PayloadNote = {
	file: string;
	offset: number;
	length: number;
	padding: number;
	/** Bytes of a message that stand in front of them in the same write. */
	head?: number;
	/** Of the bytes of the file, hexadecimal, where it is known already. */
	sha256?: string | undefined;
};

/** A link that records what crosses it. */
export type RecordedLink = Link & {
	/** As `write`, for bytes of a file: in one piece, whose parts the notes tell in their order. */
	writePayload(bytes: Uint8Array, ...notes: PayloadNote[]): Promise<void>;
};

/** The same link, with everything that crosses it said as events. */
export function recordTraffic(link: Link, emit: Emit, redactor = nothing): RecordedLink {
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
		// Both say what they send when it is on its way: a window does not wait for words.
		write: async (bytes) => {
			const written = link.write(bytes);
			bytesEvent('out', bytes);
			await written;
		},
		writePayload: async (bytes, ...notes) => {
			const written = link.write(bytes);
			let at = 0;
			for (const { head = 0, ...note } of notes) {
				if (head > 0) bytesEvent('out', bytes.subarray(at, at + head));
				const carried = bytes.subarray(at + head, at + head + note.length);
				const { sha256 = createHash('sha256').update(carried).digest('hex') } = note;
				emit('port', { type: 'payload', port: link.port, ...note, sha256 });
				at += head + note.length + note.padding;
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
