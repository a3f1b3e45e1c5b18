import { expect, test } from 'vitest';
import { catalogue, lookUp, search } from '../../source/at/catalogue.ts';

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

test('of several commands the most dangerous one is explained', () => {
	expect(lookUp('ATI')?.name).toBe('ATI');
	expect(lookUp('ATI;!RESET;!RMARESET=1;!GSTATUS?')?.name).toBe('AT!RMARESET=');
	expect(lookUp('AT!ENTERCND="A710";!IMPREF?')?.danger).toBe('gate');
	expect(lookUp('AT!NOSUCH=1')).toBeUndefined();
});

test.each([
	['AT!QPSTDLOAD', 'leaves', /flashed or power cycled/],
	['AT!BOOTHOLD', 'leaves', /flashed or power cycled/],
	['AT!NVBACKUP=1', 'configuration', /backup of before is gone/],
	['AT!OPENMEP?', 'gate', /modemscope does not make one/],
	['AT!OPENCND?', 'gate', /modemscope does not make one/],
	['AT!OPENMEP="0123"', 'destructive', /wrong answers may be counted/],
	['AT!OPENCND="0123"', 'destructive', /wrong answers may be counted/],
	['AT!FMBADBLOCKS?', 'read', undefined],
	['AT+QDOWNLOAD=1', 'leaves', /Qualcomm’s chips do not take firmware this way/],
])('%s is known as one that %s', (line, danger, risk) => {
	const known = lookUp(line);
	expect(known?.danger).toBe(danger);
	if (risk) expect(known?.risk).toMatch(risk);
});

test('what a value means is said where products differ', () => {
	const syntax = (line: string) => lookUp(line)?.syntax;
	expect(syntax('AT!ENTERCND="A710"')).toContain('hotspots have others');
	expect(lookUp('AT!NVRESTORE=0')?.products).toContain('Dell also EM7455');
	expect(syntax('AT!IMPREF="GENERIC"')).toMatch(/"<fw>","<carrier>","<carrier>_<config>" on 9x30/);
	expect(syntax('AT!USBCOMP=1,1,10D')).toMatch(/EM75, MC74x1: 1,3/);
	expect(syntax('AT!CUSTOM="FASTENUMEN",3')).toMatch(/does not show itself on USB/);
	expect(lookUp('AT!OPENLOCK?')?.answer).toMatch(/64 on EM9/);
});
