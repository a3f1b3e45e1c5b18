/** What W shows first of a finding: the moments that its rule rests on. */
import { expect, test } from 'vitest';
import {
	bytes,
	came,
	diagnose,
	flashStarted,
	helloResponse,
	note,
	opened,
	type Script,
	sent,
	went,
} from './events.ts';

const evidenceOf = (rule: string, script: Script) =>
	diagnose(script).find((finding) => finding.rule === rule)?.evidence;

test('loader-held rests on what brought it there, and on its coming', () => {
	const held: Script = [[30, sent('AT!BOOTHOLD')], [31, went], [40, came({ count: 1 })], [42]];
	expect(evidenceOf('loader-held', [[0, came()], ...held])).toEqual([
		{ t: 30, says: 'AT!BOOTHOLD was sent' },
		{ t: 40, says: 'its loader came at 3-1' },
	]);
	const resets = Array.from(
		{ length: 6 },
		(_, index): Script => [
			[index * 14, came()],
			[index * 14 + 2, went],
		],
	).flat();
	const bySmartErrors = evidenceOf('loader-held', [...resets, [84, came({ count: 1 })], [95]]);
	expect(bySmartErrors?.map(({ t }) => t)).toEqual([30, 44, 58, 72, 84]);
});

test('refused-firehose rests on its frames', () => {
	const execute = bytes('out', '0d000000 0c000000 00ff0000');
	const refused = bytes('in', '04000000 10000000 01000000 1f000000');
	const script: Script = [
		[0, opened()],
		[2.5, helloResponse],
		[3, execute],
		[4, refused],
	];
	expect(evidenceOf('refused-firehose', script)).toEqual([
		{ t: 2.5, says: 'frame 1: HELLO was answered', frame: 1 },
		{ t: 3, says: 'frame 2: it was asked to switch to Firehose', frame: 2 },
		{ t: 4, says: 'frame 3: it refused, status 0x1f', frame: 3 },
	]);
});

test('flash-failed rests on the phase that failed', () => {
	const script: Script = [
		[0, flashStarted],
		[5, { type: 'flash-phase', phase: 'write', state: 'failed', detail: 'no answer' }],
		[6, { type: 'flash-ended', exit: 7, message: 'It stopped.', modem: '' }],
	];
	expect(evidenceOf('flash-failed', script)).toEqual([
		{ t: 5, says: 'write failed: no answer' },
		{ t: 6, says: 'the flash ended: It stopped.' },
	]);
});

test('enumeration-fails rests on the lines of the kernel', () => {
	const line = 'usb 3-1: device descriptor read/64, error -71';
	expect(
		evidenceOf('enumeration-fails', [
			[1, note(line)],
			[2, note(line)],
		]),
	).toEqual([
		{ t: 1, says: line },
		{ t: 2, says: line },
	]);
});
