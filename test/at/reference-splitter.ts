/**
 * ITU-T V.250, clause 5, read anew and one character at a time, to judge source/at/line.ts by. It
 * splits as the most willing modem would: every character that may begin a command begins one.
 */

export type Split = {
	readonly form: 'basic' | 'parameter' | 'extended' | 'repeat' | 'junk';
	/** Name with its prefix: `E`, `&F`, `S0`, `+CFUN`. */
	readonly name: string;
	/** What stands behind the name: ``, `1`, `?`, `=?`, `=1,"x"`. */
	readonly tail: string;
};

const isLetter = (char: string | undefined) => char !== undefined && char >= 'A' && char <= 'Z';
const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** 5.2.1: nothing before the prefix counts, spaces outside strings do not count, nor does case. */
export function split(line: string): Split[] {
	const chars: string[] = [];
	let inString = false;
	for (const raw of line) {
		const char = raw.toUpperCase();
		if (char === '"') inString = !inString;
		if (char === ' ' && !inString) continue;
		chars.push(char);
	}
	let at = 0;
	while (
		at < chars.length &&
		!(chars[at] === 'A' && (chars[at + 1] === 'T' || chars[at + 1] === '/'))
	)
		at += 1;
	if (chars[at + 1] === '/') return [{ form: 'repeat', name: 'A/', tail: '' }];
	at += 2;
	const found: Split[] = [];
	const digits = () => {
		const from = at;
		while (isDigit(chars[at])) at += 1;
		return chars.slice(from, at).join('');
	};
	while (at < chars.length) {
		const char = chars[at]!;
		if (char === ';') at += 1;
		// 5.3.2
		else if (char === 'S' && isDigit(chars[at + 1])) {
			at += 1;
			const name = `S${digits()}`;
			let tail = '';
			if (chars[at] === '?') {
				tail = '?';
				at += 1;
			} else if (chars[at] === '=') {
				at += 1;
				tail = `=${digits()}`;
			}
			found.push({ form: 'parameter', name, tail });
		}
		// 5.3.1; makers have such with other signs than & too.
		else if (isLetter(char) || ('&\\%*'.includes(char) && isLetter(chars[at + 1]))) {
			const length = isLetter(char) ? 1 : 2;
			const name = chars.slice(at, at + length).join('');
			at += length;
			found.push({ form: 'basic', name, tail: digits() });
		}
		// 5.4.1
		else if ('+!^$#@_'.includes(char)) {
			let name = char;
			at += 1;
			while (isLetter(chars[at]) || isDigit(chars[at]) || chars[at] === '_' || chars[at] === '-')
				name += chars[at++];
			let tail = '';
			let quoted = false;
			while (at < chars.length && (quoted || chars[at] !== ';')) {
				if (chars[at] === '"') quoted = !quoted;
				tail += chars[at++];
			}
			found.push({ form: 'extended', name, tail });
		} else {
			found.push({ form: 'junk', name: char, tail: '' });
			at += 1;
		}
	}
	return found;
}

/** What modems answer without a change, by itself and with these values only. */
const harmless: Readonly<Record<string, RegExp>> = {
	E: /^[01]?$/,
	V: /^[01]?$/,
	X: /^\d?$/,
	I: /^\d?$/,
	'&V': /^\d?$/,
	'+CMEE': /^=[0-2]$/,
	'+CGSN': /^(?:=[0-3])?$/,
	'+CGPADDR': /^(?:=\d*)?$/,
	'+CPINR': /^(?:="[A-Z0-9* -]*")?$/,
	'!ENTERCND': /^="[^";\\]*"$/,
	'!UNLOCK': /^="[^";\\]*"$/,
};
const bare = new Set(
	'+CGMI +GMI +CGMM +GMM +CGMR +GMR +GSN +GCAP +CIMI +CCID +ICCID +QCCID !ICCID ^ICCID !CCID ^CCID !QCCID ^QCCID !QICCID ^QICCID +QICCID +CNUM +CPAS +CEER +CESQ +CLAC +CSQ !ERR !GCDUMP'.split(
		' ',
	),
);

/** True for a command that may change a modem, as far as anybody can tell from outside. */
export function mayChange({ form, name, tail }: Split): boolean {
	if (form === 'repeat' || form === 'junk') return true;
	if (form === 'parameter') return tail !== '?';
	if (form === 'extended' && name.length > 1 && isLetter(name[1]) && /^=?\?$/.test(tail))
		return false;
	if (bare.has(name) && tail === '') return false;
	return !harmless[name]?.test(tail);
}
