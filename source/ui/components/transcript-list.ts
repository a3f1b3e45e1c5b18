/** The AT conversation as a list; the same in the AT view and beside the USB events. */
import type { TranscriptLine } from '../../at/transcript.ts';
import type { Header } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';
import type { About } from '../list/filter.ts';
import { type ListItems, ListState } from '../list/list-state.ts';
import { Numbered } from '../list/numbered.ts';
import type { Appearance } from '../text/appearance.ts';
import { clockTime } from '../text/format.ts';
import { spaceBetween } from '../text/lines.ts';

const fields = ['dir', 'type'] as const;
const ways = { '>': 'out', '<': 'in', '*': 'around' } as const;
const kinds = { '>': 'command', '<': 'answer', '*': 'mark' } as const;

export class TranscriptList {
	readonly list = new ListState({ follow: true });
	readonly #numbered = new Numbered<TranscriptLine>();
	readonly #spokenOnly: boolean;
	#line: (number: number) => TranscriptLine = () => {
		throw new Error('no lines yet');
	};

	/** `spokenOnly`: the last that was said, without what happened around it. */
	constructor({ spokenOnly = false } = {}) {
		this.#spokenOnly = spokenOnly;
	}

	/** The line that is looked at. */
	chosen({ transcript }: Session): TranscriptLine | undefined {
		const { first } = this.#numbered.range(transcript.lines);
		return transcript.lines[this.list.at - first];
	}

	/** The lines as they are now. */
	items({ header, transcript }: Session): ListItems {
		const lines = this.#spokenOnly ? spoken(transcript.lines) : transcript.lines;
		const range = this.#numbered.range(lines);
		const line = (number: number) => lines[number - range.first]!;
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
		const { first } = this.#numbered.range(transcript.lines);
		this.list.goTo(
			first +
				Math.max(
					0,
					transcript.lines.findLastIndex((line) => line.t <= t),
				),
		);
	}

	/** A line of the last `items`, as a row. */
	row(appearance: Appearance, header: Header, number: number, width: number): string {
		return transcriptRow(appearance, header, this.#line(number), width);
	}
}

/** Lines that are looked through for the last that were said. */
const spokenWindow = 400;

const spoken = (lines: readonly TranscriptLine[]) =>
	lines.slice(-spokenWindow).filter(({ kind }) => kind !== '*');

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
