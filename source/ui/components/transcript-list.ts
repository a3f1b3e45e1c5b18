/** The AT conversation as a list; the same in the AT view and beside the USB events. */

import type { AtTranscript, TranscriptLine } from '../../at/transcript.ts';
import type { Header } from '../../events.ts';
import { partitionPoint } from '../../partition-point.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';
import type { About } from '../list/filter.ts';
import { type ListItems, ListState } from '../list/list-state.ts';
import type { Range } from '../list/range.ts';
import type { Appearance } from '../text/appearance.ts';
import { clockTime } from '../text/format.ts';
import { spaceBetween } from '../text/lines.ts';

const fields = ['dir', 'type'] as const;
const ways = { '>': 'out', '<': 'in', '*': 'around' } as const;
const kinds = { '>': 'command', '<': 'answer', '*': 'mark' } as const;

export class TranscriptList {
	readonly list = new ListState({ follow: true });
	readonly #spoken: Spoken | undefined;
	#line: (number: number) => TranscriptLine = () => {
		throw new Error('no lines yet');
	};

	/** `spokenOnly`: the last that was said, without what happened around it. */
	constructor({ spokenOnly = false } = {}) {
		this.#spoken = spokenOnly ? new Spoken() : undefined;
	}

	/** The line that is looked at. */
	chosen({ transcript }: Session): TranscriptLine | undefined {
		return transcript.line(this.list.at);
	}

	/** The lines as they are now. */
	items({ header, transcript }: Session): ListItems {
		const spoken = this.#spoken;
		const range = spoken?.take(transcript) ?? { first: transcript.first, end: transcript.total };
		const line = (number: number) => (spoken ?? transcript).line(number)!;
		this.#line = line;
		return {
			...range,
			about: (number) => lineAbout(line(number)),
			copy: (number) => lineCopied(header, line(number)),
			fields,
			source: transcript,
		};
	}

	/** To the last line up to a moment. */
	goTo({ transcript }: Session, t: number): void {
		const { first, total } = transcript;
		const later = partitionPoint(first, total, (number) => transcript.line(number)!.t <= t);
		this.list.goTo(Math.max(first, later - 1));
	}

	/** A line of the last `items`, as a row. */
	row(appearance: Appearance, header: Header, number: number, width: number): string {
		return transcriptRow(appearance, header, this.#line(number), width);
	}
}

/** Lines that are looked through for the last that were said. */
const spokenWindow = 400;

/** What was said last; each line of the transcript is looked at once. */
class Spoken {
	#transcript: AtTranscript | undefined;
	#lines: TranscriptLine[] = [];
	#first = 0;
	#seen = 0;

	take(transcript: AtTranscript): Range {
		if (transcript !== this.#transcript) {
			this.#transcript = transcript;
			this.#lines = [];
			this.#first = this.#seen = 0;
		}
		const { first, total } = transcript;
		this.#seen = Math.max(this.#seen, first, total - spokenWindow);
		for (; this.#seen < total; this.#seen++) {
			const line = transcript.line(this.#seen)!;
			if (line.kind !== '*') this.#lines.push(line);
		}
		const gone = Math.max(0, this.#lines.length - spokenWindow);
		this.#lines.splice(0, gone);
		this.#first += gone;
		return { first: this.#first, end: this.#first + this.#lines.length };
	}

	line(number: number): TranscriptLine | undefined {
		return this.#lines[number - this.#first];
	}
}

const lineAbout = ({ kind, text }: TranscriptLine): About => ({
	text: sanitize(text),
	fields: { dir: ways[kind], type: kinds[kind] },
});

const lineCopied = (header: Header, { t, kind, text }: TranscriptLine) =>
	`${clockTime(header, t)} ${kind} ${sanitize(text)}`;

/** One line of the AT conversation, with how long its answer took. */
function transcriptRow(
	{ paint }: Appearance,
	header: Header,
	{ t, kind, text, seconds }: TranscriptLine,
	width: number,
): string {
	const color = { '>': paint.ours, '<': paint.modem, '*': paint.dim }[kind];
	const took = seconds === undefined ? '' : `${Math.round(seconds * 1000)} ms `;
	const said = color(`${kind} ${sanitize(text)}`);
	return spaceBetween(`${paint.dim(clockTime(header, t))} ${said}`, took, width);
}
