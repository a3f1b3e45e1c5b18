/** Finds a thing to do by any of its words. */

import { Box } from 'ink';
import { ListState } from '../list/list-state.ts';
import { fitLeft, type Size, spaceBetween, widthOf, wrap } from '../text/lines.ts';
import type { Paint } from '../text/theme.ts';

import { useAppearance } from './console-hooks.ts';
import { Dialog, longestBeside, roomIn } from './dialogs/Dialog.tsx';
import type { Close, Overlay } from './dialogs/overlay.ts';
import { Lines } from './Lines.tsx';
import { List } from './List.tsx';
import { moveBy } from './list-rows.ts';
import { TextInput, TextInputState } from './TextInput.tsx';

export type PaletteItem = {
	readonly name: string;
	/** Its key or its risk, at the right. */
	readonly note: string;
	readonly words: readonly string[];
	/** Why it is not possible now. */
	readonly reason?: string;
	readonly run: () => void;
};

export class Palette implements Overlay {
	readonly #title: string;
	readonly #items: readonly PaletteItem[];
	readonly #close: Close;
	readonly #typed: (text: string) => PaletteItem | undefined;
	readonly #input = new TextInputState();
	#found: readonly PaletteItem[] = [];
	#list = new ListState();

	/** `typed` makes what is typed a choice of its own, the first one. */
	constructor(
		title: string,
		items: readonly PaletteItem[],
		close: Close,
		typed: (text: string) => PaletteItem | undefined = () => undefined,
	) {
		this.#title = title;
		this.#items = items;
		this.#close = close;
		this.#typed = typed;
		this.#search();
	}

	key(key: string): void {
		if (key === 'esc') this.#close();
		else if (moveBy(this.#list, key)) return;
		else if (key === 'enter') {
			const item = this.#found[this.#list.at];
			if (!item) return;
			this.#close();
			item.run();
		} else if (this.#input.key(key)) this.#search();
	}

	paste(text: string): void {
		this.#input.paste(text);
		this.#search();
	}

	/** What was typed has changed: the best is at the top. */
	#search(): void {
		const typed = this.#typed(this.#input.text);
		const found = find(this.#items, this.#input.text);
		this.#found = typed ? [typed, ...found] : found;
		this.#list = new ListState();
		this.#list.update({ first: 0, end: this.#found.length });
	}

	render(screen: Size) {
		return (
			<PaletteBox
				title={this.#title}
				input={this.#input}
				found={this.#found}
				list={this.#list}
				screen={screen}
			/>
		);
	}
}

type PaletteBoxProps = {
	readonly title: string;
	readonly input: TextInputState;
	readonly found: readonly PaletteItem[];
	readonly list: ListState;
	readonly screen: Size;
};

function PaletteBox({ title, input, found, list, screen }: PaletteBoxProps) {
	const { symbols, paint } = useAppearance();
	const width = roomIn(screen);
	const chosen = found[list.at];
	const isCut = chosen?.reason !== undefined && widthOf(reasonRow(chosen)) > width - 1;
	const below = isCut ? ['', ...wrap(chosen.reason ?? '', width)] : [];
	const height = Math.min(found.length, 12, longestBeside(screen) - 2 - below.length);
	const note = height < found.length ? `${list.at + 1} of ${found.length}` : '';
	const hint = [
		[symbols.upDown, 'choose'],
		[symbols.enter, 'run it'],
		['Esc', 'close'],
	] as const;
	const none = [' No action has this name.'];
	return (
		<Dialog
			title={title}
			note={note}
			hint={hint}
			screen={screen}
			rows={2 + (height || none.length) + below.length}
		>
			<TextInput input={input} lead=": " width={width} />
			<Box height={1} flexShrink={0} />
			{height > 0 ? (
				<List
					list={list}
					size={{ width, height }}
					focused
					row={(index) => itemRow(found[index]!, width - 1, paint.dim)}
				/>
			) : (
				<Lines lines={none} size={{ width, height: none.length }} />
			)}
			<Lines lines={below} size={{ width, height: below.length }} />
		</Dialog>
	);
}

function itemRow(item: PaletteItem, width: number, dim: Paint): string {
	const { name, note, reason } = item;
	if (reason === undefined) return spaceBetween(name, note, width);
	return dim(fitLeft(reasonRow(item), width));
}

const reasonRow = ({ name, reason }: PaletteItem) => `${name}: ${reason}`;

/** The items that fit what was typed, best first: by word, by part of a word, by letters in order. */
export function find(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return items;
	const possible = ({ reason }: PaletteItem) => (reason === undefined ? 0 : 0.5);
	return items
		.map((item) => ({ item, score: score(item, wanted) - possible(item) }))
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
