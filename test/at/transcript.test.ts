import { expect, test } from 'vitest';
import { AtTranscript } from '../../source/at/transcript.ts';
import type { Event, Fact } from '../../source/events.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice } from '../../source/simulator/device/devices.ts';

const at = (t: number, fact: Fact): Event => ({ t, source: 'at', ...fact });
const port = 'ttyUSB2';
const command = 'AT!BOOTHOLD';
const linesOf = (...facts: Fact[]) => {
	const transcript = new AtTranscript();
	for (const [t, fact] of facts.entries()) transcript.add(at(t, fact));
	return transcript.lines;
};

test('a command, its lines and its result, with the time that it took', () => {
	expect(
		linesOf(
			{ type: 'at-sent', port, command: 'ATI' },
			{
				type: 'at-answered',
				port,
				command: 'ATI',
				lines: ['Model: RC7620'],
				result: 'OK',
				seconds: 0.2,
			},
			{ type: 'at-unsolicited', port, line: '+CREG: 1' },
		),
	).toMatchObject([
		{ t: 0, kind: '>', text: 'ATI' },
		{ t: 1, kind: '<', text: 'Model: RC7620' },
		{ t: 1, kind: '<', text: 'OK', seconds: 0.2 },
		{ t: 2, kind: '<', text: '+CREG: 1' },
	]);
});

test('what happens around it', () => {
	const lines = linesOf(
		{ type: 'armed', path: '3-1', command },
		{ type: 'usb-came', device: applicationDevice(models.RC7620, 59) },
		{ type: 'fired', path: '3-1', command, after: 0.1, result: 'OK' },
		{ type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' },
		{ type: 'disarmed', path: '3-1', command, why: 'cancelled' },
	);
	expect(lines.every(({ kind }) => kind === '*')).toBe(true);
	expect(lines.map(({ text }) => text)).toEqual([
		'armed AT!BOOTHOLD for the next window of 3-1',
		expect.stringMatching(/^3-1 came/),
		'fired 100 ms after its port, OK: AT!BOOTHOLD',
		'3-1 went away',
		'disarmed AT!BOOTHOLD: cancelled',
	]);
});

test('what is not about AT is not in it', () => {
	expect(
		linesOf({ type: 'bytes', port, dir: 'in', hex: '00' }, { type: 'mark', text: 'x' }),
	).toEqual([]);
});

test('a console that runs for days keeps the last lines', () => {
	const transcript = new AtTranscript();
	for (let n = 0; n < 20_000; n++)
		transcript.add(at(n, { type: 'at-unsolicited', port, line: `${n}` }));
	expect(transcript.lines.length).toBeLessThanOrEqual(5500);
	expect(transcript.lines.length).toBeGreaterThanOrEqual(5000);
	expect(transcript.lines.at(-1)!.text).toBe('19999');
});
