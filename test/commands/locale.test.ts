import { expect, it } from 'vitest';
import { isAsciiLocale } from '../../source/commands/console.ts';

it.each([
	[{ LC_ALL: 'C' }, true],
	[{ LANG: 'POSIX' }, true],
	[{ LANG: 'de_DE.ISO-8859-1' }, true],
	[{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, false],
	[{ LANG: 'C.utf8' }, false],
	[{}, false],
])('with %o it draws with ASCII only: %s', (env, isAscii) => {
	expect(isAsciiLocale(env)).toBe(isAscii);
});
