import { highlight } from '../../list/highlight.ts';
import type { Appearance } from '../../text/appearance.ts';
import { fitLeft, type Size, stripColors } from '../../text/lines.ts';
import { TextInput } from '../text-input.ts';
import { type Close, type Overlay, overlayBox, roomIn } from './overlay.ts';

/** Something to read: rows that scroll and can be searched, closed with Esc. */
export class TextDialog implements Overlay {
	readonly #title: string;
	readonly #rows: (appearance: Appearance, width: number) => string[];
	readonly #close: Close;
	/** Keys with a meaning of their own, and the word for the hint. */
	readonly #more: { key: string; says: string; run: () => void } | undefined;
	#drawn: readonly string[] = [];
	#top = 0;
	#height = 1;
	/** What is marked, the row that it was last found in, and the line in which it is typed. */
	#query = '';
	#found = -1;
	#typed: TextInput | undefined;

	constructor(
		title: string,
		rows: (appearance: Appearance, width: number) => string[],
		close: Close,
		more?: { key: string; says: string; run: () => void },
	) {
		this.#title = title;
		this.#rows = rows;
		this.#close = close;
		this.#more = more;
	}

	draw(appearance: Appearance, size: Size): string[] {
		const width = roomIn(size);
		const rows = this.#rows(appearance, width);
		this.#drawn = rows;
		this.#height = size.height - 4;
		this.#top = Math.max(0, Math.min(this.#top, rows.length - this.#height));
		const shown = rows
			.slice(this.#top, this.#top + this.#height)
			.map((row) => highlight(appearance, fitLeft(row, width), this.#query));
		return overlayBox(appearance, size, this.#title, shown, this.#hint(appearance, width));
	}

	#hint(appearance: Appearance, width: number): string {
		if (this.#typed) return this.#typed.row(appearance, '/', width);
		const hits = this.#hits.length === 0 ? 'is nowhere here' : 'n N';
		return [
			this.#drawn.length > this.#height ? `${appearance.symbols.upDown} scroll` : '',
			this.#query === '' ? '/ search' : `/${this.#query} ${hits}`,
			this.#more ? `${this.#more.key} ${this.#more.says}` : '',
			'Esc close',
		]
			.filter((part) => part !== '')
			.join('  ');
	}

	key(key: string): void {
		if (this.#typed) this.#type(this.#typed, key);
		else if (key === this.#more?.key) this.#more.run();
		else if (key === '/') this.#typed = new TextInput();
		else if (key === 'n') this.#find(1);
		else if (key === 'N') this.#find(-1);
		else if (key === 'esc' && this.#query !== '') this.#query = '';
		else if (key === 'esc' || key === 'enter') this.#close();
		else if (key === 'up' || key === 'k') this.#top -= 1;
		else if (key === 'down' || key === 'j') this.#top += 1;
		else if (key === 'pageup') this.#top -= this.#height;
		else if (key === 'pagedown' || key === 'space') this.#top += this.#height;
		else if (key === 'home' || key === 'g') this.#top = 0;
		// The next draw knows how far the end is.
		else if (key === 'end' || key === 'G') this.#top = Number.MAX_SAFE_INTEGER;
	}

	paste(text: string): void {
		this.#typed?.paste(text);
		this.#query = this.#typed?.text ?? this.#query;
	}

	/** Marked with every letter; Enter goes to the first below what is read now. */
	#type(line: TextInput, key: string): void {
		if (key === 'esc' || key === 'enter') this.#typed = undefined;
		else line.key(key);
		this.#query = key === 'esc' ? '' : line.text;
		if (key !== 'enter') return;
		this.#found = this.#top - 1;
		this.#find(1);
	}

	/** The rows that have what is searched for. */
	get #hits(): number[] {
		const wanted = this.#query.toLowerCase();
		if (wanted === '') return [];
		return this.#drawn.flatMap((row, index) =>
			stripColors(row).toLowerCase().includes(wanted) ? [index] : [],
		);
	}

	/** To the next (1) or the previous (-1) hit, over the end and on. */
	#find(by: 1 | -1): void {
		const hits = this.#hits;
		const next =
			by === 1
				? (hits.find((hit) => hit > this.#found) ?? hits[0])
				: (hits.findLast((hit) => hit < this.#found) ?? hits.at(-1));
		if (next === undefined) return;
		this.#found = next;
		if (next < this.#top || next >= this.#top + this.#height)
			this.#top = next - (this.#height >> 1);
	}
}
