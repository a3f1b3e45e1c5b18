import fc from 'fast-check';

/** How many lines are tried; `npm run fuzz` tries a million. */
export const rounds = Number(process.env.MODEMSCOPE_FUZZ ?? 20_000);

const name = fc.constantFrom(
	...[
		'RESET',
		'RMARESET',
		'CFUN',
		'CSQ',
		'ERR',
		'GCDUMP',
		'ENTERCND',
		'CPIN',
		'CPINR',
		'CMEE',
		'X',
		'A',
	],
	...['CGSN', 'IMAGE', 'BOOTHOLD', 'NOSUCH', 'Q-1', 'a_b', 'at', 'cfun'],
);
const value = fc.oneof(
	fc.constantFrom(
		'?',
		'=?',
		'=1',
		'=0,1',
		'=',
		'',
		'="A710"',
		'="a;!RESET"',
		'="',
		'=1;',
		' = ?',
		'="x\\"',
	),
	fc.stringMatching(/^[ -~]{0,6}$/),
);
const extended = fc
	.tuple(fc.constantFrom(...'+!^$#@_%*'), name, value)
	.map((parts) => parts.join(''));
const basic = fc
	.tuple(
		fc.constantFrom('', '', '', '&', '\\', '%', '*'),
		fc.constantFrom(...'EVXIZAHDQSFWCTPe'),
		fc.constantFrom('', '', '0', '1', '3', '?', '=1'),
	)
	.map((parts) => parts.join(''));
const register = fc
	.tuple(fc.nat(99), fc.constantFrom('?', '=0', '=', '', ' ?'))
	.map(([number, tail]) => `S${number}${tail}`);
const part = fc.oneof(extended, basic, register, fc.stringMatching(/^[ -~]{0,4}$/));

/** Lines as people, scripts and enemies write them. */
export const atLine = fc
	.tuple(
		fc.constantFrom('AT', 'AT', 'AT', 'at', 'xAT', 'AT ', 'A/', ''),
		fc.array(fc.tuple(part, fc.constantFrom('', '', ';', ' ; ', ' ')), { maxLength: 5 }),
	)
	.map(([start, parts]) => start + parts.flat().join(''));
