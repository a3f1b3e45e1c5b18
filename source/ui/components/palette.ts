/** Finds a thing to do by any of its words. */

import { ListState } from '../list/list-state.ts';
import type { Appearance } from '../text/appearance.ts';
import { type Size, spaceBetween } from '../text/lines.ts';
import { type Close, type Overlay, overlayBox, roomIn } from './dialogs/overlay.ts';
import { listRows, moveBy } from './list.ts';
import { TextInput } from './text-input.ts';

export type PaletteItem = {
	readonly name: string;
	/** Its key or its risk, at the right. */
	readonly note: string;
	readonly words: readonly string[];
	readonly run: () => void;
};

export class Palette implements Overlay {
	readonly #title: string;
	readonly #items: readonly PaletteItem[];
	readonly #close: Close;
	readonly #input = new TextInput();
	#list = new ListState();

	constructor(title: string, items: readonly PaletteItem[], close: Close) {
		this.#title = title;
		this.#items = items;
		this.#close = close;
	}

	draw(appearance: Appearance, size: Size): string[] {
		const width = roomIn(size);
		const found = this.#found();
		const list = listRows(appearance, {
			list: this.#list,
			first: 0,
			end: found.length,
			size: { width, height: Math.max(1, Math.min(12, size.height - 7)) },
			focused: true,
			row: (index) => spaceBetween(found[index]!.name, found[index]!.note, width - 1),
		});
		const none = found.length === 0 ? [' Nothing is called like that.'] : [];
		const rows = [this.#input.row(appearance, ': ', width), '', ...list, ...none];
		const hint = `${appearance.symbols.upDown} choose  ${appearance.symbols.enter} do it  Esc close`;
		return overlayBox(appearance, size, this.#title, rows, hint);
	}

	key(key: string): void {
		if (key === 'esc') this.#close();
		else if (moveBy(this.#list, key)) return;
		else if (key === 'enter') {
			const item = this.#found()[this.#list.at];
			if (!item) return;
			this.#close();
			item.run();
		} else if (this.#input.key(key)) this.#list = new ListState();
	}

	paste(text: string): void {
		this.#input.paste(text);
		this.#list = new ListState();
	}

	#found(): readonly PaletteItem[] {
		return find(this.#items, this.#input.text);
	}
}

/** The items that fit what was typed, best first: by word, by part of a word, by letters in order. */
export function find(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return items;
	return items
		.map((item) => ({ item, score: score(item, wanted) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.map(({ item }) => item);
}

function score({ name, words }: PaletteItem, wanted: string): number {
	const title = name.toLowerCase();
	const synonyms = words.map((word) => word.toLowerCase());
	if (title.startsWith(wanted) || synonyms.includes(wanted)) return 5;
	if (title.split(/[ !+="?]+/).some((word) => word.startsWith(wanted))) return 4;
	if (synonyms.some((word) => word.startsWith(wanted))) return 3;
	if ([title, ...synonyms].some((word) => word.includes(wanted))) return 2;
	return inOrder(title, wanted) ? 1 : 0;
}

function inOrder(title: string, wanted: string): boolean {
	let at = 0;
	for (const letter of title) if (letter === wanted[at]) at += 1;
	return at === wanted.length;
}
