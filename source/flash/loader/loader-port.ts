import type { Clock } from '../../clock.ts';
import type { Link } from '../../link/link.ts';
import { startsLikeFirehose } from '../../protocol/firehose/firehose.ts';
import { frameLength, unframe } from '../../protocol/framing/hdlc.ts';
import { readSahara, type SaharaPacket, saharaMessages } from '../../protocol/sahara/sahara.ts';

/** What came: a Sahara packet, an HDLC frame, the start of Firehose, something else, or silence. */
export type ProbeReply =
	| { kind: 'packet'; packet: SaharaPacket }
	| { kind: 'frame'; payload: Buffer }
	| { kind: 'firehose' }
	| { kind: 'other'; bytes: Buffer }
	| { kind: 'silence' };

const flag = 0x7e;
/** Bytes; the answers of a loader are under 100. */
const longestFrame = 4096;

/**
 * HELLO ends in zeros. What comes between the opening of a tty and its raw mode goes through the
 * kernel's line editing (n_tty), which loses the beginning of it, and may echo it: the loader gets bytes
 * that it did not expect, and says another HELLO behind those zeros. With no packet's first byte zero
 * there is nothing else that they could be.
 */
export const isEndOfHello = (bytes: Uint8Array): boolean =>
	bytes.length < saharaMessages.hello.length && bytes.every((byte) => byte === 0);

function behindEndOfHello(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
	const first = bytes.findIndex((byte) => byte !== 0);
	return first > 0 && isEndOfHello(bytes.subarray(0, first)) ? bytes.subarray(first) : bytes;
}

/** Hears what a loader of unknown kind says, whatever pieces it comes in. */
export class LoaderPort {
	readonly #link: Link;
	readonly #clock: Clock;

	constructor(link: Link, clock: Clock) {
		this.#link = link;
		this.#clock = clock;
	}

	async listen(seconds: number, signal?: AbortSignal): Promise<ProbeReply> {
		const deadline = this.#clock.now() + seconds;
		let held = Buffer.alloc(0);
		for (;;) {
			const left = deadline - this.#clock.now();
			const more = left > 0 ? await this.#link.read(left, signal) : undefined;
			if (!more) return held.length > 0 ? { kind: 'other', bytes: held } : { kind: 'silence' };
			held = behindEndOfHello(Buffer.concat([held, more]));
			if (startsLikeFirehose(held)) {
				this.#link.unread(held);
				return { kind: 'firehose' };
			}
			if (held[0] === flag) {
				const length = frameLength(held);
				if (length === undefined && held.length < longestFrame) continue;
				const { payload, problem } = unframe(held.subarray(0, length));
				if (problem !== undefined) return { kind: 'other', bytes: held };
				this.#link.unread(held.subarray(length));
				return { kind: 'frame', payload };
			}
			const packet = readSahara(held);
			if (!packet) return { kind: 'other', bytes: held };
			if ('need' in packet) continue;
			this.#link.unread(held.subarray(packet.length));
			return { kind: 'packet', packet };
		}
	}

	/** Raw bytes of a known count; fewer when they do not come in time. */
	async raw(count: number, seconds: number): Promise<Buffer> {
		const deadline = this.#clock.now() + seconds;
		let held = Buffer.alloc(0);
		while (held.length < count) {
			const left = deadline - this.#clock.now();
			const more = left > 0 ? await this.#link.read(left) : undefined;
			if (!more) return held;
			held = Buffer.concat([held, more]);
		}
		this.#link.unread(held.subarray(count));
		return held.subarray(0, count);
	}

	send(bytes: Buffer): Promise<void> {
		return this.#link.write(bytes);
	}
}
