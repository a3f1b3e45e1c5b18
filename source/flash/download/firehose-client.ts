import type { Clock } from '../../clock.ts';
import type { Link } from '../../link/link.ts';
import { verbTimeout } from '../../protocol/firehose/elements.ts';
import {
	type FirehoseElement,
	firehoseDocument,
	firehoseLength,
	parseFirehose,
} from '../../protocol/firehose/firehose.ts';

export type FirehoseAnswer = {
	/** `ACK` or `NAK`; undefined when none came in time. */
	readonly value: string | undefined;
	readonly attributes: FirehoseElement['attributes'];
	/** The log lines that came before it. */
	readonly logs: readonly string[];
};

export type RequestOptions = {
	/** How often a verb is sent in all that is answered by NAK, or by nothing. */
	readonly attempts?: number;
	readonly afterSilence?: boolean;
	/** Seconds for the answer, where the verb's own do not fit. */
	readonly seconds?: number;
};

/** Seconds after which an answer to an earlier verb does not come any more. */
export const strayWait = 0.2;
/** The longest XML document, bytes: a real one is under 1 KiB. */
const longestDocument = 65_536;

/** Speaks XML documents over a link; whatever stands between two documents is passed over. */
export class FirehosePort {
	readonly #link: Link;
	readonly #clock: Clock;
	#held = Buffer.alloc(0);

	constructor(link: Link, clock: Clock) {
		this.#link = link;
		this.#clock = clock;
	}

	/**
	 * Sends a verb and waits for its response. After a download the loader takes the zeros of the
	 * last block for XML and answers the next verb with one NAK: the verb is then sent once more
	 * (libqmi qfu-sahara-device.c). With `attempts` it is sent again in other cases too.
	 */
	async request(
		verb: string,
		attributes: Readonly<Record<string, string | number>>,
		{ attempts = 1, afterSilence = false, seconds = verbTimeout(verb) }: RequestOptions = {},
	): Promise<FirehoseAnswer> {
		for (let sent = 1; ; sent++) {
			await this.#link.write(firehoseDocument(verb, attributes));
			const answer = await this.response(seconds);
			const isStray = answer.logs.some((line) => line.includes('XML not formed correctly'));
			const most = isStray ? Math.max(2, attempts) : attempts;
			const isOver = answer.value === undefined ? !afterSilence : answer.value !== 'NAK';
			if (isOver || sent >= most) return answer;
		}
	}

	/** The next response, with the logs before it; with 0 seconds only what has already come. */
	async response(seconds: number): Promise<FirehoseAnswer> {
		const deadline = this.#clock.now() + seconds;
		const logs: string[] = [];
		for (;;) {
			const document = await this.#document(deadline);
			if (!document) return { value: undefined, attributes: {}, logs };
			for (const { name, attributes } of parseFirehose(document).elements) {
				if (name === 'log') logs.push(attributes.value ?? '');
				if (name === 'response') return { value: attributes.value, attributes, logs };
			}
		}
	}

	/** Passes over answers to what was asked before: taken for one to a later verb, an ACK would be a lie. */
	async drain(): Promise<void> {
		while ((await this.response(strayWait)).value !== undefined);
	}

	async #document(deadline: number): Promise<Buffer | undefined> {
		for (;;) {
			const start = this.#held.indexOf('<?xml');
			const from = start < 0 ? this.#held.subarray(-4) : this.#held.subarray(start);
			const length = start < 0 ? undefined : firehoseLength(from);
			if (length !== undefined) {
				this.#held = from.subarray(length);
				return from.subarray(0, length);
			}
			this.#held = from.length > longestDocument ? Buffer.alloc(0) : from;
			const more = await this.#link.read(Math.max(0, deadline - this.#clock.now()));
			if (!more) return undefined;
			this.#held = Buffer.concat([this.#held, more]);
		}
	}
}
