import { useLayoutEffect } from 'react';
import { highlight } from '../../list/highlight.ts';
import type { Appearance } from '../../text/appearance.ts';
import { fitLeft, type Size, stripColors } from '../../text/lines.ts';
import { useAppearance } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { TextInputState, textInputRow } from '../TextInput.tsx';
import { Dialog, type KeyHint, longest, roomIn } from './Dialog.tsx';
import type { Close, Overlay } from './overlay.ts';

/** Something to read: rows that scroll and can be searched, closed with Esc. */
export class TextDialog implements Overlay {
	readonly #title: string;
	readonly #rows: (appearance: Appearance, width: number) => string[];
	readonly #close: Close;
	/** Keys with a meaning of their own, and the word for the hint. */
	readonly #more: { key: string; says: string; run: () => void } | undefined;
	/** The rows as they were shown last, and in how many rows of the screen. */
	#shown: readonly string[] = [];
	#height = 1;
	#top = 0;
	/** What is marked, the row that it was last found in, and the line in which it is typed. */
	#query = '';
	#found = -1;
	#typed: TextInputState | undefined;

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

	key(key: string): void {
		if (this.#typed) this.#type(this.#typed, key);
		else if (key === this.#more?.key) this.#more.run();
		else if (key === '/') this.#typed = new TextInputState();
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
	#type(line: TextInputState, key: string): void {
		if (key === 'esc' || key === 'enter') this.#typed = undefined;
		else line.key(key);
		this.#query = key === 'esc' ? '' : line.text;
		if (key !== 'enter') return;
		this.#found = this.#top - 1;
		this.#find(1);
	}

	/** To the next (1) or the previous (-1) hit, over the end and on. */
	#find(by: 1 | -1): void {
		const hits = hitsIn(this.#shown, this.#query);
		const next =
			by === 1
				? (hits.find((hit) => hit > this.#found) ?? hits[0])
				: (hits.findLast((hit) => hit < this.#found) ?? hits.at(-1));
		if (next === undefined) return;
		this.#found = next;
		if (next < this.#top || next >= this.#top + this.#height)
			this.#top = next - (this.#height >> 1);
	}

	/** The first row that is seen, as far as there are rows. */
	top(rows: readonly string[], height: number): number {
		return Math.max(0, Math.min(this.#top, rows.length - height));
	}

	/** What is searched and scrolled from now on. */
	setViewport(rows: readonly string[], height: number): void {
		this.#top = this.top(rows, height);
		this.#shown = rows;
		this.#height = height;
	}

	hint(
		appearance: Appearance,
		rows: readonly string[],
		height: number,
		width: number,
	): string | KeyHint[] {
		if (this.#typed) return textInputRow(appearance, this.#typed, '/', width);
		const isFound = hitsIn(rows, this.#query).length > 0;
		const searched: KeyHint = isFound
			? ['n N', `next /${this.#query}`]
			: [`/${this.#query}`, 'is nowhere here'];
		return [
			...(rows.length > height ? [[appearance.symbols.upDown, 'scroll'] as const] : []),
			this.#query === '' ? (['/', 'search'] as const) : searched,
			...(this.#more ? [[this.#more.key, this.#more.says] as const] : []),
			['Esc', 'close'],
		];
	}

	render(screen: Size) {
		return (
			<TextBox
				dialog={this}
				title={this.#title}
				rows={this.#rows}
				query={this.#query}
				screen={screen}
			/>
		);
	}
}

type TextBoxProps = {
	readonly dialog: TextDialog;
	readonly title: string;
	readonly rows: (appearance: Appearance, width: number) => string[];
	readonly query: string;
	readonly screen: Size;
};

function TextBox({ dialog, title, rows, query, screen }: TextBoxProps) {
	const appearance = useAppearance();
	const width = roomIn(screen);
	const height = longest(screen);
	const all = rows(appearance, width);
	useLayoutEffect(() => dialog.setViewport(all, height));
	const top = dialog.top(all, height);
	const shown = all
		.slice(top, top + height)
		.map((row) => highlight(appearance, fitLeft(row, width), query));
	const hint = dialog.hint(appearance, all, height, screen.width - 2);
	const last = top + shown.length;
	const note = all.length > height ? `${top + 1}-${last} of ${all.length}` : '';
	return (
		<Dialog title={title} note={note} hint={hint} screen={screen} rows={shown.length}>
			<Lines lines={shown} size={{ width, height: shown.length }} />
		</Dialog>
	);
}

/** The rows that have what is searched for. */
function hitsIn(rows: readonly string[], query: string): number[] {
	const wanted = query.toLowerCase();
	if (wanted === '') return [];
	return rows.flatMap((row, index) =>
		stripColors(row).toLowerCase().includes(wanted) ? [index] : [],
	);
}
