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

/** An array, or what makes its items when they are wanted. */
export type PaletteItems = Iterable<PaletteItem> & {
	readonly length: number;
	at(index: number): PaletteItem | undefined;
};

export class Palette implements Overlay {
	readonly #title: string;
	readonly #items: PaletteItems;
	readonly #close: Close;
	readonly #typed: (text: string) => PaletteItem | undefined;
	readonly #input = new TextInputState();
	/** What fits what was typed, in the order of all. */
	#fitting: Fitting = { wanted: '', items: [] };
	#found: PaletteItems = [];
	#list = new ListState();

	/** `typed` makes what is typed a choice of its own, and the only one. */
	constructor(
		title: string,
		items: PaletteItems,
		close: Close,
		typed: (text: string) => PaletteItem | undefined = () => undefined,
	) {
		this.#title = title;
		this.#fitting = { wanted: '', items };
		this.#items = items;
		this.#close = close;
		this.#typed = typed;
		this.#search();
	}

	key(key: string): void {
		if (key === 'esc') this.#close();
		else if (moveBy(this.#list, key)) return;
		else if (key === 'enter') {
			const item = this.#found.at(this.#list.at);
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
		this.#found = typed ? [typed] : this.#find();
		this.#list = new ListState();
		this.#list.update({ first: 0, end: this.#found.length });
	}

	/** What fits more letters has fitted fewer: of very many items, not all are looked at for each letter. */
	#find(): PaletteItems {
		const wanted = wantedIn(this.#input.text);
		if (wanted === '') {
			this.#fitting = { wanted, items: this.#items };
			return this.#items;
		}
		const before = this.#fitting;
		const from = wanted.startsWith(before.wanted) ? before.items : this.#items;
		const scored = fitting(from, wanted);
		this.#fitting = { wanted, items: scored.map(({ item }) => item) };
		return bestFirst(scored);
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

type Fitting = { readonly wanted: string; readonly items: PaletteItems };
type Scored = { readonly item: PaletteItem; readonly score: number };

type PaletteBoxProps = {
	readonly title: string;
	readonly input: TextInputState;
	readonly found: PaletteItems;
	readonly list: ListState;
	readonly screen: Size;
};

function PaletteBox({ title, input, found, list, screen }: PaletteBoxProps) {
	const { symbols, paint } = useAppearance();
	const width = roomIn(screen);
	const chosen = found.at(list.at);
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
					row={(index) => itemRow(found.at(index)!, width - 1, paint.dim)}
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
	const wanted = wantedIn(typed);
	return wanted === '' ? items : bestFirst(fitting(items, wanted));
}

const wantedIn = (typed: string) => typed.trim().toLowerCase();

const bestFirst = (scored: readonly Scored[]): readonly PaletteItem[] =>
	scored.toSorted((a, b) => b.score - a.score).map(({ item }) => item);

function fitting(items: PaletteItems, wanted: string): readonly Scored[] {
	const found: Scored[] = [];
	for (const item of items) {
		const isPossible = item.reason === undefined;
		const fits = score(item, wanted);
		if (fits > 0) found.push({ item, score: isPossible ? fits : fits - 0.5 });
	}
	return found;
}

function score({ name, words }: PaletteItem, wanted: string): number {
	const title = name.toLowerCase();
	const synonyms = words.map((word) => word.toLowerCase());
	const isInTitle = title.includes(wanted);
	if (title.startsWith(wanted) || synonyms.includes(wanted)) return 5;
	if (isInTitle && title.split(/[ !+="?]+/).some((word) => word.startsWith(wanted))) return 4;
	if (synonyms.some((word) => word.startsWith(wanted))) return 3;
	if (isInTitle || synonyms.some((word) => word.includes(wanted))) return 2;
	return inOrder(title, wanted) ? 1 : 0;
}

function inOrder(title: string, wanted: string): boolean {
	let at = 0;
	for (const letter of title) if (letter === wanted[at]) at += 1;
	return at === wanted.length;
}
