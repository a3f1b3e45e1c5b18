import { asciiSymbols, type Symbols, unicodeSymbols } from './symbols.ts';
import { type Background, type Colors, createTheme, type Theme, terminalColors } from './theme.ts';

/** How things are drawn on this terminal: colours and signs. */
export type Appearance = {
	readonly paint: Theme;
	readonly symbols: Symbols;
	readonly ascii: boolean;
	readonly colors: Colors;
};

type AppearanceOptions = {
	readonly color: boolean;
	readonly ascii: boolean;
	/** Tells the terminal's colours and background. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Known better than the terminal tells. */
	readonly background?: Background | undefined;
};

export function createAppearance({
	color,
	ascii,
	env = {},
	background: told,
}: AppearanceOptions): Appearance {
	const { depth, background } = terminalColors({ ...env, NO_COLOR: undefined });
	const colors: Colors = { depth: color ? depth : 'none', background: told ?? background };
	return {
		paint: createTheme(colors),
		symbols: ascii ? asciiSymbols : unicodeSymbols,
		ascii,
		colors,
	};
}

/** The same for the other background: a terminal does not always tell which one it has. */
export function otherBackground(appearance: Appearance): Appearance {
	const background: Background = appearance.colors.background === 'dark' ? 'light' : 'dark';
	const colors = { ...appearance.colors, background };
	return { ...appearance, colors, paint: createTheme(colors) };
}
