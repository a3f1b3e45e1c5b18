import type { ListState } from '../components/list.ts';
import type { Size } from '../text/lines.ts';

export const viewNames = ['usb', 'at', 'firmware', 'flash', 'recordings'] as const;
export type ViewName = (typeof viewNames)[number];
export const isViewName = (name: string): name is ViewName =>
	viewNames.some((view) => view === name);

export const viewTitles: Readonly<Record<ViewName, string>> = {
	usb: 'USB',
	at: 'AT',
	firmware: 'Firmware',
	flash: 'Flash',
	recordings: 'Recordings',
};

/** `1 USB`, and a sign or a blank on either side; one blank stands between two of them. */
export const tabs = viewNames.map((view, index) => `${index + 1} ${viewTitles[view]}`);

/** The view whose tab stands at a column of the header. */
export function tabAt(column: number): ViewName | undefined {
	let left = 1;
	return viewNames.find((_, index) => {
		const from = left;
		left += tabs[index]!.length + 3;
		return column >= from && column < left - 1;
	});
}

/** One screenful: it draws what the session knows and keeps only where a person is in it. */
export type View = {
	/** Exactly as many rows as `size` has, none wider. */
	draw(size: Size): string[];
	/** How many panes Tab goes through. */
	readonly panes: number;
	/** The list that the arrow keys move now, and that search, filter and copy work on. */
	readonly list: ListState | undefined;
	/** The pane that Tab has chosen, over the whole view. */
	drawPane?(size: Size): string[];
	/** What is copied where the chosen pane is no list. */
	copied?(): string[] | undefined;
	/** Takes keys as text before any action does; true when it took this one. */
	type?(key: string): boolean;
	readonly isTyping?: boolean;
	paste?(text: string): void;
	/** Called when a person comes to this view. */
	enter?(): void;
	/** Esc: one level back; false when this view has none. */
	back?(): boolean;
};
