import type { Link } from '../../source/link/link.ts';
import { LinkLost } from '../../source/link/link.ts';

/** What goes wrong, and where: at the n-th write or read, or at a byte of the image data. */
export type Fault = {
	readonly on: 'write' | 'read' | 'data';
	readonly at: number;
	readonly kind:
		| 'vanish'
		| 'short write'
		| 'EIO'
		| 'stall'
		| 'corrupt'
		| 'lost'
		| 'twice'
		| 'refusal'
		| 'wrong number';
};

/** How a test makes the modem vanish, and the refusal that its loader would say. */
export type Hands = { vanish(): void; refusal: Buffer; renumber(bytes: Buffer): Buffer };

/** The longest message that is no image data, bytes. */
const longestMessage = 1000;

/** A link on which one thing goes wrong. Counts the bytes of image data that it was given. */
export function faulty(link: Link, fault: Fault | undefined, hands: Hands) {
	const counted = { writes: 0, reads: 0, data: 0, struck: false };
	const strikes = (on: Fault['on'], index: number) => {
		const hit = !counted.struck && fault?.on === on && index === fault.at;
		counted.struck ||= hit;
		return hit;
	};
	const wrong = (bytes: Uint8Array): Promise<void> | undefined => {
		switch (fault?.kind) {
			case 'vanish':
				hands.vanish();
				return Promise.reject(new LinkLost(link.port, 'unplugged'));
			case 'short write':
				return link.write(bytes.subarray(0, bytes.length >> 1)).then(() => {
					throw new LinkLost(link.port, 'EIO');
				});
			case 'EIO':
				return Promise.reject(new LinkLost(link.port, 'EIO'));
			case 'stall':
				return new Promise(() => {});
			case 'refusal':
				link.unread(hands.refusal);
		}
		return undefined;
	};
	const changed = (bytes: Buffer): Buffer | undefined => {
		switch (fault?.kind) {
			case 'vanish':
				hands.vanish();
				throw new LinkLost(link.port, 'unplugged');
			case 'corrupt': {
				const copy = Buffer.from(bytes);
				copy[copy.length >> 1]! ^= 0x55;
				return copy;
			}
			case 'lost':
				return undefined;
			case 'twice':
				link.unread(bytes);
				return bytes;
			case 'refusal':
				return hands.refusal;
			case 'wrong number':
				return hands.renumber(bytes);
		}
		return bytes;
	};
	const faultyLink: Link = {
		...link,
		write: (bytes) => {
			const before = counted.data;
			let hit: boolean;
			if (bytes.length > longestMessage) {
				counted.data += bytes.length;
				hit =
					fault?.on === 'data' &&
					fault.at >= before &&
					fault.at < counted.data &&
					strikes('data', fault.at);
			} else hit = strikes('write', counted.writes++);
			return (hit ? wrong(bytes) : undefined) ?? link.write(bytes);
		},
		read: async (seconds, signal) => {
			const bytes = await link.read(seconds, signal);
			if (!bytes || !strikes('read', counted.reads++)) return bytes;
			return changed(bytes) ?? faultyLink.read(seconds, signal);
		},
	};
	return { link: faultyLink, counted };
}
