import { expect, test } from 'vitest';
import { openAny } from '../../source/recording/file/open-any.ts';
import { fieldPath, goodModuleLog, missedHelloLog } from '../recording/field.ts';
import {
	bytes,
	came,
	closed,
	diagnose,
	findingsOf,
	hello,
	helloResponse,
	lost,
	note,
	opened,
	rulesOf,
	sdp,
	text,
	went,
} from './events.ts';

test.each([missedHelloLog, goodModuleLog])('%s is a missed HELLO, and no crash', async (log) => {
	const { events } = await openAny(fieldPath(log));
	const found = findingsOf(events);
	expect(found.map(({ rule, certainty }) => [rule, certainty])).toEqual([
		['missed-hello', 'proven'],
	]);
	expect(found[0]!.means).toContain('does not mean that the modem crashed');
	expect(found[0]!.next.join(' ')).toMatch(/TP1.*listen.*HELLO_RSP, mode 3/);
});

test('without the silence before it, it is only likely', () => {
	const [found] = diagnose([
		[0, opened()],
		[0.1, sdp],
		[0.2, hello(2)],
	]);
	expect(found).toMatchObject({ rule: 'missed-hello', certainty: 'likely' });
});

test('it is said once, however often the loader repeats itself', () => {
	expect(
		rulesOf([
			[0, opened()],
			[3, sdp],
			[3, hello(2)],
			[4, sdp],
			[4, hello(2)],
		]),
	).toEqual(['missed-hello']);
});

test('any junk provokes it: AT commands, bytes without an end', () => {
	const [at] = diagnose([
		[0, opened()],
		[1, text('out', 'AT\r')],
		[1, hello(2)],
	]);
	expect(at).toMatchObject({ rule: 'missed-hello' });
	expect(at!.title).toContain('an AT command');
	expect(
		rulesOf([
			[0, opened()],
			[1, text('out', 'AT')],
			[1, hello(2)],
		]),
	).toEqual(['missed-hello']);
});

test('a HELLO with mode 3, or the ladder of Sahara packets, is no symptom', () => {
	expect(
		rulesOf([
			[0, opened()],
			[1, hello(3)],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, opened()],
			[3, sdp],
			[3, hello(0)],
		]),
	).toEqual([]);
	expect(
		rulesOf([
			[0, opened()],
			[5, helloResponse],
			[5, hello(2)],
		]),
	).toEqual([]);
});

test('HELLO with mode 2 unasked is a crash', () => {
	expect(
		rulesOf([
			[0, opened()],
			[1, hello(2)],
		]),
	).toEqual(['crash-dump']);
});

test('junk of an earlier opening still counts, until the modem starts anew', () => {
	const before = [
		[0, opened()],
		[1, sdp],
		[2, closed()],
		[3, opened()],
	] as const;
	expect(rulesOf([...before, [4, hello(2)]])).toEqual(['missed-hello']);
	expect(
		rulesOf([
			[0, opened()],
			[1, sdp],
			[2, lost()],
			[3, opened()],
			[4, hello(2)],
		]),
	).toEqual(['crash-dump']);
	expect(rulesOf([[0, came()], ...before, [4, went], [5, came()], [6, hello(2)]])).toEqual([
		'crash-dump',
	]);
});

test('junk on another port does not explain it', () => {
	const other = '/dev/ttyUSB7';
	expect(
		rulesOf([
			[0, opened()],
			[0, opened(other)],
			[1, bytes('out', '7e70000014467e', other)],
			[2, hello(2)],
		]),
	).toEqual(['crash-dump']);
});

test('the words of a log without its bytes are enough for likely', () => {
	const silence = note('sahara device creation failed: no sahara response received');
	const junk = note('qdl device creation failed: HDLC trailing control character not found');
	expect(
		diagnose([
			[0, silence],
			[0, junk],
		]),
	).toMatchObject([{ rule: 'missed-hello', certainty: 'likely' }]);
	expect(rulesOf([[0, junk]])).toEqual(['speaks-no-qdl']);
	expect(rulesOf([[0, silence]])).toEqual([]);
});
