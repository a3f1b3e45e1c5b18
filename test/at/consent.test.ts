import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionsOf, requireConsent, wordsOf } from '../../source/at/consent.ts';
import { exitCode } from '../../source/problem.ts';
import { atLine, rounds } from './random-lines.ts';
import { mayChange, split } from './reference-splitter.ts';

const asks = (line: string) => questionsOf(line).length > 0;
const words = (line: string) => wordsOf(questionsOf(line));

test.each([
	'AT!BOOTHOLD',
	'AT!RESET',
	'at!reset',
	'  AT!RESET  ',
	'AT !RESET',
	'AT! RESET',
	'AT!RESET=1',
	'AT!RMARESET=1',
	'at!rmareset=1',
	'AT!RMARESET = 1',
	'AT!NVRESTORE=0',
	'AT!IMAGE=0',
	'AT!IMAGE=0,0,1',
	'AT!IMPREF="GENERIC"',
	'AT!IMPREF="AUTO-SIM"',
	'AT!USBCOMP=1,1,10D',
	'AT!EROPTION=0',
	'AT!ERR=0',
	'AT!GCCLR',
	'AT!QPSTDLOAD',
	'AT+CFUN=1,1',
	'at+cfun=1, 1',
	'AT+CFUN=4,1',
	'AT+CFUN=01,01',
	'ATI;!RESET',
	'ATI ; !RESET',
	'AT+CFUN=0;+CFUN=1,1',
	'AT!GSTATUS?;!RMARESET=1',
	'ATE0!RESET',
	'ATE0V1+CFUN=1,1',
	'AT!ENTERCND="A710";!IMAGE=0',
	'AT!ENTERCND="A;B";!IMAGE=0',
	'ATI\rAT!RESET',
	'fooAT!RESET',
	'xx at!rmareset=1',
	'AT!RMARESET',
	'AT!EROPTION',
	'AT!ENTERCND="A710;!RMARESET=1',
	'AT+CFUN?;!GCCLR',
	'AT&F!IMAGE=0',
	'AT&F',
	'ATI;+CFUN=1,1',
	'AT!SETCND="1234"',
	'ATI\r\nAT!RESET\r\n',
	'ATS0=0!RMARESET=1',
	'ATS0?!RESET',
	'AT\\Q3!RESET',
	'AT%C0!RESET',
	'AT*X!RESET',
	'ATE1&F',
	'AT&F&W',
	'AT&W',
	'ATZ',
	'AT+QPRTPARA=3',
	'AT+EGMR=1,7,"490154203237518"',
	'AT^NVWREX=1,0,1,00',
	'AT+QFASTBOOT',
	'AT!NVENCRYPTIMEI=1',
	'AT!KEYRESET',
	'AT+CLCK="SC",1,"0000"',
	'AT!OPENLOCK="0011223344556677"',
	'AT+CPIN="1234"',
	'AT+CFUN=1',
	'AT+CFUN=1,0',
	'AT+CMGS="a;!RESET"',
	'AT+COPS=1,2,"AT!RESET"',
	'AT!ENTERCND="A;!RESET"',
	'ATD*99#',
	'ATQ1',
	'ATS3=59',
	'ATI?',
	'AT+CSQ!RESET',
	'AT+CFUN?!RESET',
	'AT*XE?',
	'AT+',
	'A/',
	' a/',
	'xA/AT+CSQ',
	'!RESET',
])('%j is asked for first', (line) => {
	expect(asks(line)).toBe(true);
	for (const { says, word } of questionsOf(line)) {
		expect(says).toMatch(/\.$/);
		expect(word).not.toBe('');
	}
});

test.each([
	'',
	'AT',
	'ATI',
	'ati8',
	'ATE0',
	'ATE1V1X4',
	'ATS0?S7?',
	'ATI;+CSQ',
	'AT+CGMI;+CIMI',
	'AT^SYSINFOEX?',
	'AT+QCFG=?',
	'AT+CPINR',
	'AT$QCPWRDN?',
	'AT!USBCOMP?',
	'AT!USBCOMP=?',
	'AT!RMARESET?',
	'at!rmareset = ?',
	'AT!RESET=?',
	'AT!IMPREF?',
	'AT!IMAGE?',
	'AT!ERR',
	'AT!GCDUMP',
	'AT!GSTATUS?;!PCINFO?',
	'AT+CFUN?',
	'AT!ENTERCND="A710"',
	'AT+CPIN?',
	'AT!ENTERCND="OTHER"',
	'AT!CUSTOM=?',
])('%j is sent as it is', (line) => {
	expect(asks(line)).toBe(false);
});

test('takes a line apart that is longer than any modem takes', () => {
	expect(asks(`AT+X${'a'.repeat(20_000_000)};!RESET`)).toBe(true);
});

describe('the word that is asked for', () => {
	test.each([
		['at!rmareset = 1', ['RMARESET']],
		['AT+CFUN=1,1', ['CFUN']],
		['AT!ENTERCND="A710";!image=0', ['IMAGE']],
		['ATS0=0!RMARESET=1', ['S0', 'RMARESET']],
		['ATE1&F', ['&F']],
		['AT\\Q3!RESET', ['\\Q3', 'RESET']],
		['ATZ', ['Z']],
		['A/', ['A/']],
		['AT+CFUN=1;+CFUN=1,1', ['CFUN']],
	])('%s: %s', (line, expected) => {
		expect(words(line)).toEqual(expected);
	});

	test('stands beside what the command does, or that nobody here knows it', () => {
		expect(questionsOf('AT!RMARESET=1')[0]?.cost).toContain('no way back');
		expect(questionsOf('AT!KEYRESET')[0]?.says).toBe(
			'It is unknown to modemscope: it may change the modem.',
		);
	});
});

describe('consent', () => {
	const refused = (lines: readonly string[], agreed: readonly string[]) => () =>
		requireConsent(lines, agreed);

	test('is to a command by its name, not to the chain that it stands in', () => {
		const chain = ['AT!RESET;!RMARESET=1'];
		expect(refused(chain, ['RESET'])).toThrow('AT!RMARESET=1');
		expect(refused(chain, ['RMARESET'])).toThrow('AT!RESET');
		expect(refused(chain, ['reset', 'RMARESET'])).not.toThrow();
	});

	test('names every word that is missing, so that a shell reads it', () => {
		expect(refused(['AT\\Q3&W', 'AT!RESET'], [])).toThrow(
			expect.objectContaining({
				exit: exitCode.usage,
				next: "to send it all the same, add --yes '\\Q3' --yes '&W' --yes RESET.",
			}),
		);
	});
});

test('lets no command pass unasked that a modem may read as a change', () => {
	fc.assert(
		fc.property(atLine, (line) => {
			const changing = split(line).filter(mayChange);
			if (changing.length === 0) return;
			const asked = questionsOf(line).map(({ command }) => command);
			// What the reference takes for one more command may be the inside of what was asked about.
			for (const { name } of changing) {
				if (asked.some((command) => command.includes(name))) continue;
				throw new Error(`${name} in ${JSON.stringify(line)} passes; asked: ${asked.join()}`);
			}
		}),
		{ numRuns: rounds },
	);
});
