/** Keys by name, as the action table writes them: `a`, `G`, `space`, `enter`, `ctrl-r`, `alt-2`. */
import type { Key } from 'ink';
import type { Signs } from './signs.ts';

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u001b': 'esc',
	'\u007f': 'backspace',
	'\b': 'backspace',
	' ': 'space',
};

const special = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const;

/** The keys of one input event: several when they came in one burst, none when it was no key. */
export function keysOf(input: string, key: Key): string[] {
	if (key.eventType === 'release') return [];
	if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
	const named = special.find(([flag]) => key[flag]);
	if (named) return [named[1]];
	if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
	if (key.meta) return input.length === 1 ? [`alt-${input}`] : [];
	return [...input].flatMap((character) => {
		const name = controls[character] ?? controlName(character) ?? character;
		return name >= ' ' ? [name] : [];
	});
}

/** `ctrl-u` for 0x15; a burst brings control characters among the letters. */
function controlName(character: string): string | undefined {
	const code = character.charCodeAt(0);
	return code > 0 && code <= 26 ? `ctrl-${String.fromCharCode(code + 0x60)}` : undefined;
}

/** The text that a key types; undefined when it types none. */
export function textOf(key: string): string | undefined {
	if (key === 'space') return ' ';
	return [...key].length === 1 ? key : undefined;
}

/** The key as a person reads it. */
export function keyLabel(key: string, signs: Signs): string {
	const labels: Readonly<Record<string, string>> = {
		enter: signs.enter,
		up: signs.up,
		down: signs.down,
		esc: 'Esc',
		space: 'Space',
		tab: 'Tab',
		'shift-tab': 'Shift-Tab',
		pageup: 'PgUp',
		pagedown: 'PgDn',
	};
	const known = labels[key];
	if (known) return known;
	if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
	return key.startsWith('alt-') ? `Alt-${key.slice(4)}` : capitalized(key);
}

const capitalized = (key: string) =>
	key.length > 1 ? key.charAt(0).toUpperCase() + key.slice(1) : key;
