import { expect, test } from 'vitest';
import { asksFirst, catalogue, lookUp, search, wordOf } from '../../source/at/catalogue.ts';

const first = (typed: string) => search(typed)[0]?.name;

test.each([
	['bootcmd', 'AT!BOOTHOLD'],
	['BOOTCMD', 'AT!BOOTHOLD'],
	['boot and', 'AT!BOOTHOLD'],
	['hold', 'AT!BOOTHOLD'],
	['factory reset', 'AT!RMARESET='],
	['at!gst', 'AT!GSTATUS?'],
	['reboot', 'AT!RESET'],
	['reset', 'AT!RESET'],
	['version', 'ATI'],
	['crash', 'AT!GCDUMP'],
])('%s finds %s first', (typed, name) => {
	expect(first(typed)).toBe(name);
});

test('nothing typed and nothing meant find nothing', () => {
	expect(search('')).toEqual([]);
	expect(search('  ')).toEqual([]);
	expect(search('xyzzy')).toEqual([]);
});

test('every command is found by its name, says what it does, and what it costs', () => {
	for (const command of catalogue) {
		expect(first(command.name), command.name).toBe(command.name);
		expect(command.says, command.name).toMatch(/\.$/);
		if (command.danger !== 'read') expect(command.risk, command.name).toMatch(/\.$/);
	}
	expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});

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
])('%j is asked for first', (line) => {
	expect(asksFirst(line)).toBe(true);
	const { risk } = lookUp(line)!;
	expect(risk).toBeTruthy();
	expect(wordOf(line)).toMatch(/^[A-Z]+$/);
});

test.each([
	'',
	'AT',
	'ATI',
	'ati8',
	'ATE0',
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
	'AT+CFUN=1',
	'AT+CFUN=1,0',
	'AT!ENTERCND="A710"',
	'AT+CMGS="a;!RESET"',
	'AT+COPS=1,2,"AT!RESET"',
	'AT+CPIN?',
	'AT!ENTERCND="OTHER"',
	'AT!CUSTOM=?',
])('%j is sent as it is', (line) => {
	expect(asksFirst(line)).toBe(false);
});

test('of several commands the most dangerous one is explained', () => {
	expect(lookUp('ATI')?.name).toBe('ATI');
	expect(lookUp('ATI;!RESET;!RMARESET=1;!GSTATUS?')?.name).toBe('AT!RMARESET=');
	expect(lookUp('AT!ENTERCND="A710";!IMPREF?')?.danger).toBe('gate');
	expect(lookUp('AT!NOSUCH=1')).toBeUndefined();
});

test('the word to type is the command without its signs', () => {
	expect(wordOf('at!rmareset = 1')).toBe('RMARESET');
	expect(wordOf('AT+CFUN=1,1')).toBe('CFUN');
	expect(wordOf('AT!ENTERCND="A710";!image=0')).toBe('IMAGE');
});

test('what repeats the last command asks first, whatever that was', () => {
	expect(asksFirst('A/')).toBe(true);
	expect(asksFirst(' a/')).toBe(true);
});
