import type { Clock } from '../../clock.ts';
import type { Link } from '../../link/link.ts';
import { decode, encode, type Message, numberOf, type Values } from '../../protocol/fields.ts';
import { frame, frameLength, unframe } from '../../protocol/framing/hdlc.ts';
import { imageResults, qdlErrors } from '../../protocol/qdl/codes.ts';
import { qdlMessages } from '../../protocol/qdl/qdl.ts';

/** An answer: the fields of the expected message, or why there are none. */
export type QdlAnswer =
	| { kind: 'answer'; fields: ReturnType<typeof decode> }
	/** `says` ends in a full stop. */
	| { kind: 'refused'; says: string }
	| { kind: 'silence' };

const flag = 0x7e;
/** The answers of a loader are under 100 bytes; more without an end is noise. */
const longestFrame = 4096;

/** Speaks framed QDL messages over a link; what stands outside of frames is passed over. */
export class QdlPort {
	readonly #link: Link;
	readonly #clock: Clock;
	#held = Buffer.alloc(0);

	constructor(link: Link, clock: Clock) {
		this.#link = link;
		this.#clock = clock;
	}

	send<Name extends string>(
		message: Message<Name>,
		values: Values<NoInfer<Name>> = {},
	): Promise<void> {
		return this.#link.write(frame(encode(message, values)));
	}

	/** The next frame, which has to be `expected`; with 0 seconds only what has already come. */
	async answer(expected: Message, seconds: number): Promise<QdlAnswer> {
		const payload = await this.#frame(this.#clock.now() + seconds);
		if (payload === undefined) return { kind: 'silence' };
		if (typeof payload === 'string') return { kind: 'refused', says: payload };
		if (is(payload, expected)) return { kind: 'answer', fields: decode(expected, payload) };
		if (!is(payload, qdlMessages.error)) {
			const came = payload.subarray(0, 8).toString('hex');
			return { kind: 'refused', says: `${came} came instead of ${expected.name}.` };
		}
		return errorIn(payload);
	}

	/**
	 * Why the loader refuses in the middle of chunk `sequence`, when it has said so by now; what it
	 * said of chunks before is passed over.
	 */
	async early(sequence: number): Promise<string | undefined> {
		for (;;) {
			const payload = await this.#frame(this.#clock.now());
			if (payload === undefined) return undefined;
			if (typeof payload === 'string') continue;
			if (is(payload, qdlMessages.error)) return errorIn(payload).says;
			if (!is(payload, qdlMessages.writeResponse)) continue;
			const fields = decode(qdlMessages.writeResponse, payload);
			const why = refusedBy(numberOf(fields, 'status'));
			if (why) return why;
			const answered = numberOf(fields, 'sequence');
			if (answered >= sequence) return `it answered chunk ${answered + 1} before it had it.`;
		}
	}

	/** Discards what has arrived before now. */
	async clear(): Promise<void> {
		while ((await this.#frame(this.#clock.now())) !== undefined);
		this.#held = Buffer.alloc(0);
	}

	/** The payload of a frame, a sentence when it is broken, undefined when none came in time. */
	async #frame(deadline: number): Promise<Buffer | string | undefined> {
		for (;;) {
			const start = this.#held.indexOf(flag);
			this.#held = this.#held.subarray(start < 0 ? this.#held.length : start);
			const length = frameLength(this.#held);
			if (length !== undefined) {
				const { payload, problem } = unframe(this.#held.subarray(0, length));
				this.#held = this.#held.subarray(length);
				return problem === undefined ? payload : `a broken answer came: ${problem}.`;
			}
			if (this.#held.length > longestFrame) this.#held = Buffer.alloc(0);
			const more = await this.#link.read(Math.max(0, deadline - this.#clock.now()));
			if (!more) return undefined;
			this.#held = Buffer.concat([this.#held, more]);
		}
	}
}

const is = (payload: Buffer, { fields, length }: Message) =>
	payload.length === length && payload[0] === fields[0]!.preset;

function errorIn(payload: Buffer): { kind: 'refused'; says: string } {
	const error = numberOf(decode(qdlMessages.error, payload), 'error');
	const { name = 'an unknown error', means = '' } = qdlErrors[error] ?? {};
	return { kind: 'refused', says: `${name} (ERROR ${hex(error)}). ${means}`.trim() };
}

const hex = (code: number) => `0x${code.toString(16).padStart(2, '0')}`;

/** What a status of an image means, for a person; undefined when it is no refusal. */
export function refusedBy(status: number): string | undefined {
	if (status === 0) return undefined;
	const { name = 'an unknown status', means = '' } = imageResults[status] ?? {};
	return `${name} (${hex(status)}). ${means}`.trim();
}
