/** Keys of the raw terminal: what is typed goes to the port, and Ctrl-T begins a word to the terminal itself. */

export type Doing =
	| 'help'
	| 'quit'
	| 'break'
	| 'echo'
	| 'log'
	| 'hex'
	| 'clear'
	| 'statistics'
	| 'times'
	| 'file';

/** Typed for the port, or asked of the terminal; `unknown` is a key that it has nothing for. */
export type RawKey = { readonly send: Buffer } | { readonly does: Doing | 'unknown' };

export const prefix = 0x14;

/** As tio has them, as far as it has them. */
export const rawKeys: readonly {
	readonly key: string;
	readonly does: Doing;
	readonly says: string;
}[] = [
	{ key: 'q', does: 'quit', says: 'quit' },
	{ key: '?', does: 'help', says: 'these keys' },
	{ key: 't', does: 'times', says: 'time in front of each line, on or off' },
	{ key: 'h', does: 'hex', says: 'hex beside text, or text' },
	{ key: 'e', does: 'echo', says: 'show what is typed, on or off' },
	{ key: 'f', does: 'log', says: 'write what is shown to a file, or stop that' },
	{ key: 'x', does: 'file', says: 'send a file as it is' },
	{ key: 'b', does: 'break', says: 'send a break' },
	{ key: 's', does: 'statistics', says: 'bytes sent and received' },
	{ key: 'l', does: 'clear', says: 'clear the screen' },
];

const byKey = new Map(rawKeys.map(({ key, does }) => [key.charCodeAt(0), does]));

export class PrefixKeys {
	#isPrefixed = false;

	/** In the order in which they were typed; Ctrl-T twice is one for the port. */
	take(bytes: Uint8Array): RawKey[] {
		const keys: RawKey[] = [];
		let begun: number[] = [];
		const flush = () => {
			if (begun.length > 0) keys.push({ send: Buffer.from(begun) });
			begun = [];
		};
		for (const byte of bytes) {
			if (this.#isPrefixed) {
				this.#isPrefixed = false;
				if (byte === prefix) begun.push(byte);
				else {
					flush();
					keys.push({ does: byKey.get(byte) ?? 'unknown' });
				}
			} else if (byte === prefix) this.#isPrefixed = true;
			else begun.push(byte);
		}
		flush();
		return keys;
	}
}
