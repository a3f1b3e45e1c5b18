/** What components ask of the console around them: its colours, its next frame, its mouse. */
import type { DOMElement } from 'ink';
import { measureElement } from 'ink';
import { createContext, type RefObject, use, useEffect, useLayoutEffect } from 'react';
import type { ListState } from '../list/list-state.ts';
import type { Mouse } from '../terminal/key-parser.ts';
import type { MouseMap } from '../terminal/mouse.ts';
import type { Appearance } from '../text/appearance.ts';

/** Keeps the screen drawn anew so many milliseconds after each frame, until it is let go. */
export type RedrawTimer = { readonly repeat: (milliseconds: number) => () => void };

export type Surroundings = {
	readonly appearance: Appearance;
	readonly redraw: RedrawTimer;
	readonly mouse: MouseMap;
};

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined);
/** Where a dialog lies, so that what it asks about stays in sight. */
export type DialogPlace = {
	/** Rows of the header, which stay in sight. */
	readonly below: number;
	readonly at: 'top' | 'bottom';
};

/** Set for what lies in the overlay, which takes the mouse from what it covers. */
export const OverlayContext = createContext<DialogPlace | undefined>(undefined);

export const useDialogPlace = (): DialogPlace => use(OverlayContext) ?? { below: 0, at: 'bottom' };

function useSurroundings(): Surroundings {
	const surroundings = use(SurroundingsContext);
	if (!surroundings) throw new Error('a component of the console stands outside of it');
	return surroundings;
}

export const useAppearance = (): Appearance => useSurroundings().appearance;

/** What is shown changes by the mere passing of time: it is drawn again then. */
export function useRedrawIn(milliseconds: number | undefined): void {
	const { redraw } = useSurroundings();
	useEffect(
		() => (milliseconds === undefined ? undefined : redraw.repeat(milliseconds)),
		[redraw, milliseconds],
	);
}

/** Tells a list in how many rows it is shown. */
export function useViewport(list: ListState, height: number): void {
	useLayoutEffect(() => list.setViewport(height));
}

/** `row` and `column` count from the corner of the box. */
export type MouseHandler = (does: Mouse['does'], row: number, column: number) => void;

/** Gives a box the clicks and the turns of the wheel that happen on it. */
export function useMouse(box: RefObject<DOMElement | null>, handler: MouseHandler): void {
	const { mouse } = useSurroundings();
	const isOverlay = use(OverlayContext) !== undefined;
	useEffect(() => {
		const bounds = () => (box.current ? measureElement(box.current) : undefined);
		return mouse.add({ bounds, isOverlay, handler });
	});
}
