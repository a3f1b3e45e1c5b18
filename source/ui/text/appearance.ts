import type { Cursor } from '../components/list.ts';
import { asciiSigns, type Signs, unicodeSigns } from './symbols.ts';
import { type Background, type Colors, createTheme, type Theme, terminalColors } from './theme.ts';

/** How things are drawn on this terminal: colours and signs. */
export type Look = {
	readonly paint: Theme;
	readonly signs: Signs;
	readonly ascii: boolean;
	readonly colors: Colors;
	/** Asks for the next draw, where one was not enough. */
	readonly again?: () => void;
	/** Where the mouse is used: a sign without width that tells where a row of a list is drawn. */
	readonly target?: (cursor: Cursor, item: number, width: number) => string;
};

type LookOptions = {
	readonly color: boolean;
	readonly ascii: boolean;
	/** Tells the terminal's colours and background. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};

export function createLook({ color, ascii, env = {} }: LookOptions): Look {
	const { depth, background } = terminalColors({ ...env, NO_COLOR: undefined });
	const colors: Colors = { depth: color ? depth : 'none', background };
	return {
		paint: createTheme(colors),
		signs: ascii ? asciiSigns : unicodeSigns,
		ascii,
		colors,
	};
}

/** The same for the other background: a terminal does not always tell which one it has. */
export function otherBackground(look: Look): Look {
	const background: Background = look.colors.background === 'dark' ? 'light' : 'dark';
	const colors = { ...look.colors, background };
	return { ...look, colors, paint: createTheme(colors) };
}
