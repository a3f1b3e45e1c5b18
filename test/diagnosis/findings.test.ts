import { expect, test } from 'vitest';
import type { Event, Fact } from '../../source/events.ts';
import { ReadModels } from '../../source/session/read-models.ts';
import {
	bytes,
	came,
	changed,
	currentRulesOf,
	flashEnded,
	flashStarted,
	hello,
	opened,
	type Script,
	sdp,
	went,
} from './events.ts';

const firehose = bytes(
	'in',
	Buffer.from('<?xml version="1.0" ?><data><response value="ACK" /></data>').toString('hex'),
);
const endImage = bytes('in', '04000000 10000000 01000000 1f000000');
const execute = bytes('out', '0d000000 0c000000 00ff0000');
const refused: Script = [
	[0, opened()],
	[1, execute],
	[2, endImage],
];
const looped: Script = [
	[0, came()],
	[2.4, went],
	[14.2, came()],
	[16.6, went],
];

test('a loop that goes on has the figures of all its resets, where its finding is read', () => {
	const models = new ReadModels();
	const script: Script = [...looped, [28.4, came()], [30.2, went], [43, came()], [44.6, went]];
	for (const [t, fact] of script) {
		if (fact) models.add({ t, source: 'usb', ...fact } as Event);
	}
	const loop = models.timeline.port('3-1', 45)?.loop;
	expect(loop?.up.toFixed(1)).toBe('2.1');
	const [current] = models.currentFindings;
	expect(current?.title).toBe(`Boot loop: up 2.1 s, down ${loop?.down.toFixed(1)} s`);
	expect(current?.means).toContain('resets 2.1 s later');
	expect(current?.evidence).toHaveLength(4);
	expect(models.findings).toEqual([current]);
	// What was written down at the second reset stays as it was.
	const kept = Array.from({ length: models.log.length }, (_, index) => models.log.at(index)!);
	expect(kept.filter(({ type }) => type === 'finding')).toMatchObject([
		{ title: 'Boot loop: up 2.4 s, down 11.8 s' },
	]);
});

const held: Script = [[0, came({ count: 1 })], [11]];
const asked = (...lines: string[]): Fact => ({
	type: 'at-answered',
	port: '/dev/ttyUSB2',
	command: lines.length > 1 ? 'AT!PCINFO?' : 'AT!EROPTION?',
	lines,
	result: 'OK',
	seconds: 0.1,
});

test.each<[string, Script, string, readonly [number, Fact?]]>([
	['the modem goes', held, 'loader-held', [12, went]],
	['a flash begins', held, 'loader-held', [12, flashStarted]],
	['Firehose answers', refused, 'refused-firehose', [3, firehose]],
	['the modem comes anew', refused, 'refused-firehose', [3, came()]],
	['the loop comes to its loader, which holds', looped, 'boot-loop', [28, came({ count: 1 })]],
	['the modem is away for two minutes', looped, 'boot-loop', [140]],
	['a driver binds', [[0, came({ driver: undefined })], [4]], 'no-driver', [5, changed()]],
	['the node is made', [[0, came({ missing: ['ttyUSB0'] })], [4]], 'missing-node', [5, changed()]],
	[
		'the modem says that nothing asks for low power',
		[[0, asked('State: LowPowerMode', 'LPM voters - Temp:0, User:1')]],
		'low-power',
		[1, asked('State: Online', 'LPM voters - Temp:0, User:0')],
	],
])('a finding is one of the past when %s', (_, before, rule, answer) => {
	expect(currentRulesOf(before)).toContain(rule);
	expect(currentRulesOf([...before, answer, [answer[0] + 5]])).not.toContain(rule);
});

test('a finding stays while only others are answered', () => {
	const elsewhere: Fact = { ...went, path: '1-1' } as Fact;
	expect(currentRulesOf([...held, [12, elsewhere]])).toEqual(['loader-held']);
	expect(currentRulesOf([...looped, [17, bytes('in', '00')]])).toEqual(['boot-loop']);
});

test('a byte’s finding is of the modem whose port it came from', () => {
	const before: Script = [
		[0, came({ count: 1 })],
		[1, opened()],
		[4, sdp],
		[4.1, hello(2)],
	];
	expect(currentRulesOf([...before, [5, { ...went, path: '1-1' } as Fact]])).toEqual([
		'missed-hello',
	]);
	expect(currentRulesOf([...before, [5, went]])).toEqual([]);
});

test('what blocks comes before what it blocks, and the newest first among equals', () => {
	const noDriver: Script = [[0, came({ count: 1, driver: undefined })], [20]];
	expect(currentRulesOf(noDriver)).toEqual(['no-driver', 'loader-held']);
	expect(
		currentRulesOf([
			[0, came({ count: 1, power: 'auto' })],
			[20],
			[21, opened()],
			[25, sdp],
			[25.1, hello(2)],
		]),
	).toEqual(['missed-hello', 'loader-held', 'autosuspend']);
});

test('a failed flash is said until the next one begins', () => {
	const failed: Script = [
		[0, flashStarted],
		[9, flashEnded(7)],
	];
	expect(currentRulesOf(failed)).toEqual(['flash-failed']);
	expect(currentRulesOf([...failed, [10, flashStarted]])).toEqual([]);
	expect(currentRulesOf([...failed, [10, flashStarted], [20, flashEnded(0)]])).toEqual([
		'flash-done',
	]);
});

test('a loop that stops is said in the place of the loop', () => {
	expect(currentRulesOf([...looped, [28.4, came()], [39]])).toEqual(['loop-ended']);
});
