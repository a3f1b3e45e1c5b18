import type { Look } from '../look.ts';
import { fitLeft, type Size } from '../rows.ts';
import { type Close, type Overlay, overlayBox, roomIn } from './overlay.ts';

/** Something to read: rows that scroll, closed with Esc. */
export class TextOverlay implements Overlay {
	readonly #title: string;
	readonly #rows: (look: Look, width: number) => string[];
	readonly #close: Close;
	/** Keys with a meaning of their own, and the word for the hint. */
	readonly #more: { key: string; says: string; run: () => void } | undefined;
	#top = 0;
	#height = 1;

	constructor(
		title: string,
		rows: (look: Look, width: number) => string[],
		close: Close,
		more?: { key: string; says: string; run: () => void },
	) {
		this.#title = title;
		this.#rows = rows;
		this.#close = close;
		this.#more = more;
	}

	draw(look: Look, size: Size): string[] {
		const width = roomIn(size);
		const rows = this.#rows(look, width);
		this.#height = size.height - 4;
		this.#top = Math.max(0, Math.min(this.#top, rows.length - this.#height));
		const shown = rows.slice(this.#top, this.#top + this.#height).map((row) => fitLeft(row, width));
		const scroll = rows.length > this.#height ? `${look.signs.upDown} scroll  ` : '';
		const more = this.#more ? `${this.#more.key} ${this.#more.says}  ` : '';
		return overlayBox(look, size, this.#title, shown, `${scroll}${more}Esc close`);
	}

	key(key: string): void {
		if (key === this.#more?.key) this.#more.run();
		else if (key === 'esc' || key === 'enter') this.#close();
		else if (key === 'up' || key === 'k') this.#top -= 1;
		else if (key === 'down' || key === 'j') this.#top += 1;
		else if (key === 'pageup') this.#top -= this.#height;
		else if (key === 'pagedown' || key === 'space') this.#top += this.#height;
		else if (key === 'home' || key === 'g') this.#top = 0;
		// The next draw knows how far the end is.
		else if (key === 'end' || key === 'G') this.#top = Number.MAX_SAFE_INTEGER;
	}
}
