/** Pieces of a file that follow one another, with the answers between them, folded into one row. */
import { grouped } from '../../../protocol/text/numbers.ts';
import type { TrafficFrame } from '../../log/traffic.ts';
import { frameMarkup } from './frame-markup.ts';
import { element, escaped } from './markup.ts';

/** Fewer pieces stand by themselves. */
const least = 4;
/** Frames between two pieces: READ_DATA, or a log line and an ACK. */
const mostBetween = 2;
/** Frames of a row that are in the page; of more, their number. */
const mostShown = 1000;

export class DataRun {
	#shown: string[] = [];
	#pieces: NonNullable<TrafficFrame['payload']>[] = [];
	#frames = 0;
	/** What came behind the last piece, and may lead to another one. */
	#behind: TrafficFrame[] = [];

	/** Takes a frame, and gives what it ends. */
	*add(frame: TrafficFrame): Generator<string> {
		const { payload } = frame;
		if (payload) {
			const [first] = this.#pieces;
			if (first && first.file !== payload.file) yield* this.end();
			for (const one of [...this.#behind, frame]) this.#show(one);
			this.#behind = [];
			this.#pieces.push(payload);
		} else if (this.#pieces.length > 0 && this.#behind.length < mostBetween) {
			this.#behind.push(frame);
		} else {
			yield* this.end();
			yield `${frameMarkup(frame)}\n`;
		}
	}

	/** Something else follows. */
	*end(): Generator<string> {
		const inner = this.#shown.join('');
		if (inner !== '') yield this.#pieces.length < least ? inner : this.#folded(inner);
		for (const frame of this.#behind) yield `${frameMarkup(frame)}\n`;
		this.#shown = [];
		this.#pieces = [];
		this.#frames = 0;
		this.#behind = [];
	}

	#show(frame: TrafficFrame): void {
		this.#frames += 1;
		if (this.#frames <= mostShown) this.#shown.push(`${frameMarkup(frame)}\n`);
	}

	#folded(inner: string): string {
		const [first, last] = [this.#pieces[0]!, this.#pieces.at(-1)!];
		const bytes = `bytes ${grouped(first.offset)} to ${grouped(last.offset + last.length - 1)}`;
		const says = `${this.#pieces.length} pieces of ${first.file}: ${bytes}, host → modem`;
		const left = this.#frames - mostShown;
		const note = left > 0 ? element('p', {}, `… and ${left} frames more, as these.`) : '';
		return `${element('details', { class: 'run' }, element('summary', {}, escaped(says)) + inner + note)}\n`;
	}
}
