/** What an AT line may hold that nobody else should read: passwords and PINs. */

/** ENTERCND and its kin (Sierra), SIM PINs and facility passwords (3GPP TS 27.007, 8.3, 7.4, 7.5). */
const beginning =
	/(?:ENTERCND|SETCND|UNLOCK|OPENLOCK|CPIN|CPWD|CLCK) *(?:=|: ?(?=")) *(?=[^;\r\n])/gi;
const hidden = /[^",;\s]+/g;
/** `=?` asks for the form and holds no secret. */
const isQuestion = (value: string) => value.startsWith('?');

/** What stands in the place of a secret. */
export const mask = '*';

/** The same text, as long, with every password and PIN in it masked. */
export function maskSecrets(text: string): string {
	let masked = '';
	let done = 0;
	beginning.lastIndex = 0;
	while (beginning.test(text)) {
		const from = beginning.lastIndex;
		const to = valueEnd(text, from);
		const value = text.slice(from, to);
		const shown = isQuestion(value)
			? value
			: value.replace(hidden, (part) => mask.repeat(part.length));
		masked += text.slice(done, from) + shown;
		done = to;
		beginning.lastIndex = to;
	}
	return done === 0 ? text : masked + text.slice(done);
}

/** Where a value ends: at `;` outside of quotes, or at its line's end. By hand: a pattern of either runs out of stack on a long line. */
function valueEnd(text: string, from: number): number {
	let quoted = false;
	for (let at = from; at < text.length; at++) {
		const sign = text[at]!;
		if (sign === '\r' || sign === '\n' || (sign === ';' && !quoted)) return at;
		if (sign === '"') quoted = !quoted;
	}
	return text.length;
}

/** True for a line whose secret was masked: sent again it would be a wrong password. */
export function isMasked(line: string): boolean {
	beginning.lastIndex = 0;
	return beginning.test(line) && /\*{2,}/.test(line);
}

/** Of a line that has no end yet, what is kept to tell where a secret begins. */
const kept = 256;

/**
 * Masks the secrets of a stream, however it is cut: a function that takes the next bytes and returns
 * as many. Every line is looked at from its beginning.
 */
export function secretMask(): (bytes: Uint8Array) => Buffer {
	let line = '';
	return (bytes) => {
		const text = Buffer.from(bytes).toString('latin1');
		const known = line;
		const masked = maskSecrets(known + text);
		line = (known + text)
			.split(/[\r\n]/)
			.at(-1)!
			.slice(-kept);
		return Buffer.from(masked.slice(known.length), 'latin1');
	};
}
