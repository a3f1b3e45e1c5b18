import type { ConsoleState } from '../app/console-state.ts';
import type { Symbols } from '../text/symbols.ts';
import type { ViewName } from '../views/view.ts';

export type Action = {
	readonly name: string;
	readonly keys: readonly string[];
	/** `typing`: while a line is typed. */
	readonly where: ViewName | 'global' | 'typing';
	/** `modem`: it can change the modem, and asks before it does. */
	readonly risk: 'none' | 'modem';
	/** Its word in the hint line; without one it is only in the help. */
	readonly hint?: string;
	/** Its keys in the hint line, where they are more than the first one. */
	readonly label?: (symbols: Symbols) => string;
	/** Other words that find it in the palette. */
	readonly words?: readonly string[];
	readonly when?: (context: ConsoleState) => boolean;
	readonly run: (context: ConsoleState) => void | Promise<void>;
};
