/** What an AT line may hold that nobody else should read: passwords and PINs. */

/** ENTERCND and its kin (Sierra), SIM PINs and facility passwords (3GPP TS 27.007, 8.3, 7.4, 7.5). */
const secret =
	/((?:ENTERCND|SETCND|UNLOCK|OPENLOCK|CPIN|CPWD|CLCK) *(?:=|: ?(?=")) *)((?:"[^"\r\n]*"?|[^;"\r\n])+)/gi;
const hidden = /[^",;\s]/g;
/** `=?` asks for the form and holds no secret. */
const isQuestion = (value: string) => value.startsWith('?');

/** What stands in the place of a secret. */
export const mask = '*';

/** The same text, as long, with every password and PIN in it masked. */
export const maskSecrets = (text: string): string =>
	text.replace(secret, (whole, name: string, value: string) =>
		isQuestion(value) ? whole : name + value.replace(hidden, mask),
	);

/** True for a line whose secret was masked: sent again it would be a wrong password. */
export const isMasked = (line: string): boolean =>
	new RegExp(secret, 'i').test(line) && /\*{2,}/.test(line);

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
