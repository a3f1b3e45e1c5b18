/**
 * A terminal's bytes as keys by name, in their order: `a`, `G`, `space`, `enter`, `ctrl-r`, `alt-2`,
 * `shift-up`, `f1`. Ink's own reader cannot tell F-keys apart, drops the mouse, and types the rest of
 * a sequence that a slow link has torn apart.
 */
export type Mouse = {
	readonly does: 'click' | 'wheel-up' | 'wheel-down';
	/** Counted from 0. */
	readonly column: number;
	readonly row: number;
};

export type Input =
	| { readonly key: string }
	| { readonly paste: string }
	| { readonly mouse: Mouse };

const esc = '\u001b';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
const sequence = /^\u001b(?:\[\[[A-E]|O\d*[A-Za-z]|\[([<?>=]?)([\d;:]*)([ -/]*)([@-Z\\-~]))/;
const begun = /^\u001b(?:$|O\d*$|\[\[?$|\[[<?>=]?[\d;:]*[ -/]*$)/;

/** Milliseconds after which a lone Esc is the key Esc. */
const escWait = 40;
/** Milliseconds that the rest of a sequence may need over a slow link; then it was none. */
const restWait = 400;

export class KeyParser {
	#held = '';

	push(chunk: string): Input[] {
		this.#held += chunk;
		const inputs: Input[] = [];
		while (this.#held !== '') {
			const taken = this.#takeOne(inputs);
			if (taken === 0) break;
			this.#held = this.#held.slice(taken);
		}
		return inputs;
	}

	/** Milliseconds after which `flush` is due; undefined when nothing waits. */
	get patience(): number | undefined {
		if (this.#held === '' || this.#held.startsWith(pasteStart)) return undefined;
		return this.#held === esc ? escWait : restWait;
	}

	/** What a lone Esc was; the start of a sequence whose rest was lost is dropped. */
	flush(): Input[] {
		const isEsc = this.#held === esc;
		this.#held = '';
		return isEsc ? [{ key: 'esc' }] : [];
	}

	/** How many characters were taken; 0 when more must come first. */
	#takeOne(inputs: Input[]): number {
		const text = this.#held;
		if (!text.startsWith(esc)) {
			const end = text.indexOf(esc);
			const plain = end < 0 ? text : text.slice(0, end);
			for (const character of plain) inputs.push(...plainKey(character));
			return plain.length;
		}
		if (text.startsWith(pasteStart)) {
			const end = text.indexOf(pasteEnd);
			if (end < 0) return 0;
			inputs.push({ paste: text.slice(pasteStart.length, end) });
			return end + pasteEnd.length;
		}
		const found = sequence.exec(text);
		if (found) {
			inputs.push(...sequenceInputs(found));
			return found[0].length;
		}
		if (begun.test(text)) return 0;
		const next = String.fromCodePoint(text.codePointAt(1)!);
		if (next === esc) {
			inputs.push({ key: 'esc' });
			return 1;
		}
		inputs.push(...plainKey(next).map((input) => ({ key: `alt-${input.key}` })));
		return 1 + next.length;
	}
}

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u007f': 'backspace',
	'\b': 'backspace',
	' ': 'space',
};

function plainKey(character: string): { readonly key: string }[] {
	const code = character.charCodeAt(0);
	const known = controls[character];
	if (known) return [{ key: known }];
	if (code > 0 && code <= 26) return [{ key: `ctrl-${String.fromCharCode(code + 0x60)}` }];
	return code < 0x20 || (code >= 0x80 && code < 0xa0) ? [] : [{ key: character }];
}

const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	M: 'enter',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};
const numbers: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};
/** Keys of the kitty protocol that have no character: the keypad's, in the order of their codes. */
const keypad = ['left', 'right', 'up', 'down', 'pageup', 'pagedown', 'home', 'end', 'insert'];
const keypadStart = 57_417;
const keypadDigits = 57_399;

function sequenceInputs([whole, mark, parameters = '', , final]: RegExpExecArray): Input[] {
	if (whole.startsWith('\u001b[[')) return [{ key: `f${whole.charCodeAt(3) - 0x40}` }];
	if (whole.startsWith('\u001bO')) return named(letters[whole.at(-1)!], 1);
	const [first = '', second = ''] = parameters.split(';');
	if (mark === '<') return mouseInput(parameters, final!);
	if (mark !== '') return [];
	const [modifiers = 1, event = 1] = second === '' ? [] : second.split(':').map(Number);
	if (event === 3) return [];
	const code = Number.parseInt(first || '1', 10);
	if (final === 'u') return named(kittyName(code), modifiers);
	if (final === 'Z') return [{ key: 'shift-tab' }];
	if (final === '~') return named(numbers[code], modifiers);
	// A report of the cursor's place ends in R too.
	if (final === 'M' || (final === 'R' && code !== 1)) return [];
	return named(letters[final!], modifiers);
}

function named(name: string | undefined, modifiers: number): Input[] {
	if (name === undefined) return [];
	const bits = modifiers - 1;
	// A letter with Shift is another letter already.
	const shift = bits & 1 && name.length > 1 && name !== 'space' ? 'shift-' : '';
	const key = `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${shift}${name}`;
	return [{ key }];
}

function kittyName(code: number): string | undefined {
	if (code === 27) return 'esc';
	if (code === 57_414) return 'enter';
	if (code >= keypadDigits && code < keypadDigits + 10) return String(code - keypadDigits);
	if (code >= 57_344 && code <= 63_743) return keypad[code - keypadStart];
	if (code > 0x10_ffff) return undefined;
	return plainKey(String.fromCodePoint(code))[0]?.key;
}

function mouseInput(parameters: string, final: string): Input[] {
	const [button = 0, x = 1, y = 1] = parameters.split(';').map(Number);
	const place = { column: x - 1, row: y - 1 };
	if (final !== 'M') return [];
	if (button === 0) return [{ mouse: { does: 'click', ...place } }];
	if (button === 64) return [{ mouse: { does: 'wheel-up', ...place } }];
	return button === 65 ? [{ mouse: { does: 'wheel-down', ...place } }] : [];
}
