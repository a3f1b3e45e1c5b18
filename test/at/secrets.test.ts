import { expect, test } from 'vitest';
import { isMasked, maskSecrets } from '../../source/at/secrets.ts';

test.each([
	['AT!ENTERCND="A710"', 'AT!ENTERCND="****"'],
	['at+cpin=1234;+CREG?', 'at+cpin=****;+CREG?'],
	['AT+CLCK="SC",1,"12;34"', 'AT+CLCK="**",*,"**;**"'],
	['AT+CPIN="12', 'AT+CPIN="**'],
	['+CPIN: "1234"\r\nOK', '+CPIN: "****"\r\nOK'],
	['AT+CPIN=?', 'AT+CPIN=?'],
	['AT+CPIN=;+CREG?', 'AT+CPIN=;+CREG?'],
	['+CPIN: READY', '+CPIN: READY'],
])('%s is shown as %s', (line, shown) => {
	expect(maskSecrets(line)).toBe(shown);
});

test('a sent line with stars in the place of its secret is known', () => {
	expect(isMasked('AT+CPIN=****')).toBe(true);
	expect(isMasked('AT+CPIN=1234')).toBe(false);
	expect(isMasked('AT+CPIN=;**')).toBe(false);
});

test('a line of megabytes is masked to its end', () => {
	const pieces = 1_200_000;
	const masked = maskSecrets('AT!ENTERCND="A'.repeat(pieces));
	expect(masked.length).toBe(14 * pieces);
	expect(masked.endsWith('"*')).toBe(true);
});
