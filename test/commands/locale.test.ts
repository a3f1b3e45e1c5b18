import { expect, it } from 'vitest';
import { drawsAscii } from '../../source/commands/common/config.ts';

it.each([
	[{ LC_ALL: 'C' }, true],
	[{ LANG: 'POSIX' }, true],
	[{ LANG: 'de_DE.ISO-8859-1' }, true],
	[{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, false],
	[{ LANG: 'C.utf8' }, false],
	[{}, false],
	[{ LANG: 'C.UTF-8', TERM: 'linux' }, true],
	[{ LANG: 'C.UTF-8', TERM: 'xterm' }, false],
])('with %o it draws with ASCII only: %s', (env, isAscii) => {
	expect(drawsAscii({}, env)).toBe(isAscii);
	expect(drawsAscii({ ascii: !isAscii }, env)).toBe(!isAscii);
});
