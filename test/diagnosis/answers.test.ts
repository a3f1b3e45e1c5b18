import { expect, test } from 'vitest';
import type { Fact } from '../../source/events.ts';
import { diagnose, rulesOf } from './events.ts';

const answered = (command: string, ...lines: string[]): Fact => ({
	type: 'at-answered',
	port: '/dev/ttyUSB2',
	command,
	lines,
	result: 'OK',
	seconds: 0.1,
});

const mismatch = answered(
	'AT!IMPREF?',
	'!IMPREF:',
	' preferred fw version:    01.00.02.00',
	' current fw version:      01.05.01.00',
	'fw version mismatch',
);
const match = answered(
	'AT!IMPREF?',
	' preferred fw version:    01.05.01.00',
	' current fw version:      01.05.01.00',
);
const votes = (which: string) =>
	answered('AT!PCINFO?', 'State: LowPowerMode', `LPM voters - Temp:0, ${which}:1`);
const online = answered('AT!PCINFO?', 'State: Online', 'LPM voters - Temp:0, IMSWITCH:0');

test('low-power: firmware and PRI that do not match, said once until they do', () => {
	expect(
		rulesOf([
			[1, mismatch],
			[2, mismatch],
			[3, match],
			[4, mismatch],
		]),
	).toEqual(['low-power', 'low-power']);
	const [found] = diagnose([[1, votes('IMSWITCH')]]);
	expect(found).toMatchObject({ rule: 'low-power', certainty: 'proven' });
	expect(found!.reference).toContain('Sierra forum 13010');
	expect(rulesOf([[1, votes('GOBIIM')]])).toEqual(['low-power']);
});

test('low-power: the pin has its own remedy, a person too', () => {
	expect(diagnose([[1, votes('W_DISABLE')]])[0]!.next.join()).toContain('PCOFFEN');
	expect(diagnose([[1, votes('User')]])[0]!.next.join()).toContain('AT+CFUN=1');
});

test('low-power: not of a modem that is online', () => {
	expect(
		rulesOf([
			[1, online],
			[2, match],
		]),
	).toEqual([]);
});

test('crash-action: 0 only', () => {
	expect(rulesOf([[1, answered('AT!EROPTION?', '!EROPTION:', '0 - USB memory download')]])).toEqual(
		['crash-action'],
	);
	expect(rulesOf([[1, answered('AT!EROPTION?', '!EROPTION:', '1 - Reset')]])).toEqual([]);
});

test('crashed-before: crash data, and a counter that grew while it is young', () => {
	const dump = answered('AT!GCDUMP', 'Src: FatalError', 'File: swi_power.c', 'Line: 12');
	expect(
		diagnose([
			[1, dump],
			[2, dump],
		]),
	).toHaveLength(1);
	expect(diagnose([[1, dump]])[0]!.means).toContain('swi_power.c 12');
	expect(rulesOf([[1, answered('AT!GCDUMP', 'No crash data available')]])).toEqual([]);
	const counter = (resets: number, uptime: number) =>
		answered(
			'AT!GSTATUS?',
			`Current Time:  ${uptime}  Temperature: 30`,
			`Reset Counter: ${resets}  Mode: ONLINE`,
		);
	expect(rulesOf([[1, counter(5, 12)]])).toEqual(['crashed-before']);
	expect(
		rulesOf([
			[1, counter(1, 12)],
			[2, counter(5, 86_400)],
		]),
	).toEqual([]);
});

test('no-modem-port: a composition without MODEM', () => {
	expect(
		rulesOf([[1, answered('AT!USBCOMP?', 'Interface bitmask: 00001005 (diag,nmea,mbim)')]]),
	).toEqual(['no-modem-port']);
	expect(
		rulesOf([[1, answered('AT!USBCOMP?', 'Interface bitmask: 0000100D (diag,nmea,modem,mbim)')]]),
	).toEqual([]);
});

test('low-power: not of a modem that is online, and a mismatch once', () => {
	const pin = answered('AT!PCINFO?', 'State: Online', 'LPM voters - Temp:0, W_DISABLE:1');
	expect(rulesOf([[0, pin]])).toEqual([]);
	const mismatch = answered('AT!IMPREF?', 'preferred fw version: 1', 'fw version mismatch');
	const voted = answered('AT!PCINFO?', 'State: LowPowerMode', 'LPM voters - Temp:0, IMSWITCH:1');
	for (const order of [
		[mismatch, voted],
		[voted, mismatch],
	]) {
		expect(rulesOf(order.map((fact, t) => [t, fact] as const))).toEqual(['low-power']);
	}
});

test('no-modem-port: index and type of the answer are kept, and the other bits', () => {
	const advice = (...lines: string[]) =>
		diagnose([[1, answered('AT!USBCOMP?', ...lines)]])[0]?.next?.[0];
	expect(
		advice('Config Index: 1', 'Config Type:  3 (Legacy-Generic)', 'Interface bitmask: 00001105'),
	).toMatch(/AT!USBCOMP=1,3,110D\.$/);
	expect(advice('Interface bitmask: 00001005')).toMatch(/AT!USBCOMP=<index>,<type>,100D/);
});
