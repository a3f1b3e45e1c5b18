import { expect, test } from 'vitest';
import {
	bytes,
	diagnose,
	helloResponse,
	lost,
	note,
	opened,
	rulesOf,
	sdp,
	text,
} from './events.ts';

const diagBadCommand = bytes('in', '7e 13 70 00 00 9a 6a 7e');
const execute = (id: string) => bytes('out', `0d000000 0c000000 ${id}`);
const endImage = (status: string) => bytes('in', `04000000 10000000 00000000 ${status}`);

test('diag-not-loader: 0x13 as the answer to the download probe', () => {
	expect(
		rulesOf([
			[0, opened()],
			[1, sdp],
			[1, diagBadCommand],
		]),
	).toEqual(['diag-not-loader']);
	expect(rulesOf([[0, note('error: unexpected response in dload sdp: 0x13')]])).toEqual([
		'diag-not-loader',
	]);
});

test('diag-not-loader: not for an answer to something else, nor for another answer', () => {
	expect(
		rulesOf([
			[0, opened()],
			[1, bytes('out', '7e0078f07e')],
			[1, diagBadCommand],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, opened()],
			[1, sdp],
			[1, bytes('in', '7e 02 6a d3 7e')],
		]),
	).toEqual([]);
	expect(rulesOf([[0, note('unexpected response in dload sdp: 0x0d')]])).toEqual([]);
});

test('refused-firehose: END_IMAGE_TX with status 0x1f after EXECUTE 0xff00', () => {
	expect(
		rulesOf([
			[0, execute('00ff0000')],
			[1, endImage('1f000000')],
		]),
	).toEqual(['refused-firehose']);
});

test.each([
	[1, 'answered 1.0 s after the port was opened: a Sierra loader wants 2 s'],
	[4, 'answered 4.0 s after the port was opened: that is late enough'],
])('refused-firehose: HELLO answered after %i s', (after, says) => {
	const [finding] = diagnose([
		[0, opened()],
		[after, helloResponse],
		[after + 1, execute('00ff0000')],
		[after + 2, endImage('1f000000')],
	]).filter(({ rule }) => rule === 'refused-firehose');
	expect(finding).toMatchObject({ certainty: 'likely', means: expect.stringContaining(says) });
});

test('refused-firehose: not after another command, with another status, or on a new life', () => {
	expect(
		rulesOf([
			[0, execute('01000000')],
			[1, endImage('1f000000')],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, execute('00ff0000')],
			[1, endImage('00000000')],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, execute('00ff0000')],
			[1, lost()],
			[2, endImage('1f000000')],
		]),
	).toEqual([]);
});

test('zeros: two AT commands that only zeros answer, said once', () => {
	const ask = text('out', 'AT\r');
	const zero = bytes('in', '0000');
	expect(
		rulesOf([
			[0, ask],
			[1, zero],
			[2, ask],
			[3, zero],
			[4, ask],
			[5, zero],
			[6, ask],
			[7, zero],
		]),
	).toEqual(['zeros']);
});

test('zeros: not for one, not when an answer came between, not unasked', () => {
	const ask = text('out', 'at\r');
	const zero = bytes('in', '00');
	expect(
		rulesOf([
			[0, ask],
			[1, zero],
			[1, zero],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, ask],
			[1, zero],
			[2, text('in', '\r\nOK\r\n')],
			[3, ask],
			[4, zero],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, zero],
			[1, zero],
			[2, zero],
		]),
	).toEqual([]);
	// With ATV0 a zero in text is OK.
	expect(
		rulesOf([
			[0, ask],
			[1, text('in', '0\r')],
			[2, ask],
			[3, text('in', '0\r')],
		]),
	).toEqual([]);
});
