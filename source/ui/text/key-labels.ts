/** Keys by name, as the action table writes them and as a person reads them. */
import type { Symbols } from './symbols.ts';

/** The text that a key types; undefined when it types none. */
export function textOf(key: string): string | undefined {
	if (key === 'space') return ' ';
	return [...key].length === 1 ? key : undefined;
}

/** The key as a person reads it. */
export function keyLabel(key: string, symbols: Symbols): string {
	const labels: Readonly<Record<string, string>> = {
		enter: symbols.enter,
		up: symbols.up,
		down: symbols.down,
		esc: 'Esc',
		space: 'Space',
		tab: 'Tab',
		'shift-tab': 'Shift-Tab',
		pageup: 'PgUp',
		pagedown: 'PgDn',
		'shift-up': `Shift-${symbols.up}`,
		'shift-down': `Shift-${symbols.down}`,
	};
	const known = labels[key];
	if (known) return known;
	if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
	return key.startsWith('alt-') ? `Alt-${key.slice(4)}` : capitalized(key);
}

const capitalized = (key: string) =>
	key.length > 1 ? key.charAt(0).toUpperCase() + key.slice(1) : key;
