import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stepFor, strip } from '../../source/ui/views/usb/timeline-strip.ts';
import type { Span } from '../../source/usb/timeline/spans.ts';

const appearance = createAppearance({ color: false, ascii: true });
const { symbols } = appearance;
const span = (from: number, to: number | undefined, mode: Span['mode'] = 'application'): Span => ({
	from,
	to,
	mode,
	device: loaderDevice(models.RC7620, 1),
});
const drawn = (spans: readonly Span[], now: number, width: number, step?: number) =>
	stripVTControlCharacters(strip(appearance, spans, now, width, step))
		.replaceAll(symbols.application, 'A')
		.replaceAll(symbols.loader, 'L')
		.replaceAll(symbols.gone, '.');

test('a column is a second, and a life of 0.2 s is not lost between two', () => {
	expect(drawn([span(2, 4), span(6.9, 7.1), span(9, undefined, 'loader')], 10.5, 12)).toBe(
		' ..AA..AA.LL',
	);
});

test('before the log began there is nothing', () => {
	expect(drawn([], 2, 6)).toBe('   ...');
});

test('longer columns show more time, and any presence in one counts', () => {
	const loop = [0, 14, 28, 42].map((from) => span(from, from + 2.4));
	expect(drawn(loop, 59, 12, 5)).toBe('A.AA.AA.A...');
	expect(drawn([span(0.5, 0.6), span(57, undefined)], 59, 6, 10)).toBe('A....A');
});

test('columns stay where they are while time goes on within one', () => {
	const loop = [0, 14, 28].map((from) => span(from, from + 2));
	expect(drawn(loop, 40, 9, 5)).toBe(drawn(loop, 44.9, 9, 5));
});

test('the narrower the strip, the longer its columns', () => {
	expect([73, 50, 49, 25, 24, 10, 9, 1].map(stepFor)).toEqual([0, 0, 1, 1, 2, 2, 3, 5]);
});
