import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Event, type FlashPhase, flashPhases } from '../../source/events.ts';
import { createRecord, type Job, recordOf } from '../../source/flash/job/record.ts';
import { interruptedFlashes, readInterrupted } from '../../source/flash/job/recovery.ts';
import { resumeModeNow } from '../../source/flash/job/resume-plan.ts';
import { exitCode } from '../../source/problem.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { newFolder } from './rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

const total = 1000;

/** A recording that ends in this phase, as a process leaves it that was killed there. */
function recordedUpTo(
	last: FlashPhase | undefined,
	more: readonly Event[] = [],
	others?: string[],
): string {
	const header = {
		modemscope: 1,
		started: '2026-03-04T17:54:00.000Z',
		title: 'a test',
		origin: 'a test',
		speed: 1,
	} as const;
	const flash = { source: 'flash' } as const;
	const events: Event[] = [
		{
			t: 1,
			...flash,
			type: 'flash-started',
			file: 'a.spk',
			...(others ? { others } : {}),
			size: total,
			path: '3-1',
			model: 'RC7620',
			to: '1',
		},
	];
	for (const phase of last ? flashPhases.slice(0, flashPhases.indexOf(last) + 1) : []) {
		events.push({ t: 2, ...flash, type: 'flash-phase', phase, state: 'running' });
		if (phase === last) break;
		if (phase === 'write') {
			events.push({ t: 3, ...flash, type: 'flash-progress', sent: total, total });
		}
		events.push({ t: 4, ...flash, type: 'flash-phase', phase, state: 'done' });
	}
	const path = join(newFolder(), 'r.ndjson');
	writeFileSync(path, [header, ...events, ...more].map(recordLine).join(''));
	return path;
}

const jobWith = (recording: string, more: Partial<Job> = {}): Job => ({
	pid: 4_000_000,
	startTime: '1',
	path: '3-1',
	file: 'a.spk',
	model: 'RC7620',
	recording,
	...more,
});

describe('what a flash that died left behind', () => {
	it.each([
		['write', 'flash'],
		['commit', 'flash'],
		['reboot', 'reset'],
		['check', 'verify'],
	] as const)(
		'sends a set of partitions that broke off in the phase %s with the mode %s',
		async (phase, mode) => {
			const left = await readInterrupted(jobWith(recordedUpTo(phase), { programmer: 'p.mbn' }));
			expect(left.mode).toBe(mode);
			if (mode === 'flash') expect(left.next).toContain('emergency loader again (05c6:9008');
		},
	);

	it.each([
		[undefined, exitCode.failed, 'flash'],
		['connect', exitCode.failed, 'flash'],
		['sahara', exitCode.failed, 'flash'],
		['configure', exitCode.failed, 'flash'],
		['write', exitCode.failedDuringWrite, 'flash'],
		['commit', exitCode.failedDuringWrite, 'reset'],
		['reboot', exitCode.writtenButUnchecked, 'reset'],
		['check', exitCode.writtenButUnchecked, 'verify'],
	] as const)('in the phase %s: exit %i, and what is left is %s', async (phase, exit, mode) => {
		const left = await readInterrupted(jobWith(recordedUpTo(phase)));
		expect(left).toMatchObject({ exit, mode });
		expect(left.says).toContain(phase === undefined ? 'before its first phase' : `"${phase}"`);
		expect(left.modem).toMatch(
			exit === exitCode.failed ? /^Nothing was written/ : /written|sent|firmware/,
		);
	});

	it('is told by the job’s record when the recording broke, and not known to be nothing', async () => {
		const unrecorded = 'The recording ends here: the disk says ENOSPC.';
		const broken = await readInterrupted(jobWith(recordedUpTo('connect'), { unrecorded }));
		expect(broken).toMatchObject({ exit: exitCode.failedDuringWrite, mode: 'flash' });
		expect(broken.says).toContain('or later: its recording broke off');
		const ended = { exit: 8, message: 'It runs another version.', modem: 'Written.' };
		const told = await readInterrupted(jobWith(recordedUpTo('check'), { unrecorded, ended }));
		expect(told).toMatchObject({ exit: 8, says: ended.message, mode: 'verify' });
	});

	it('is read to the end of a recording that is longer than memory holds at once', async () => {
		const path = recordedUpTo('write');
		const text = 'x'.repeat(65_000);
		const noise = recordLine({ t: 2, source: 'log', type: 'note', text }).repeat(100);
		for (let hundreds = 0; hundreds < 11; hundreds++) appendFileSync(path, noise);
		const flash = { t: 3, source: 'flash' } as const;
		const end: readonly Event[] = [
			{ ...flash, type: 'flash-progress', sent: total, total },
			{ ...flash, type: 'flash-phase', phase: 'commit', state: 'running' },
		];
		appendFileSync(path, end.map(recordLine).join(''));
		expect(await readInterrupted(jobWith(path))).toMatchObject({
			says: expect.stringContaining('"commit"'),
			mode: 'reset',
		});
	});

	describe('between two files', () => {
		const flash = { t: 5, source: 'flash' } as const;
		const step = (phase: FlashPhase, state: 'running' | 'done' | 'failed'): Event => ({
			...flash,
			type: 'flash-phase',
			phase,
			state,
		});
		const loader = { path: '3-1', vid: '1199', pid: '9070', number: 59, interfaces: [] };
		const came: Event = { t: 0, source: 'usb', type: 'usb-came', device: loader };
		const went: Event = { t: 6, source: 'usb', type: 'usb-went', path: '3-1', vid: '1', pid: '2' };
		const sent: Event = { ...flash, type: 'flash-progress', sent: total - 9, total };
		const accepted = [came, sent, step('commit', 'done')];
		const leftAfter = (more: readonly Event[]) =>
			readInterrupted(jobWith(recordedUpTo('commit', more, ['b.nvu'])));

		it.each<[string, readonly Event[]]>([
			['the first was accepted', []],
			['the next one’s HELLO was said', [step('configure', 'running')]],
		])('goes on with the next one: %s', async (_, more) => {
			const left = await leftAfter([...accepted, ...more]);
			expect(left).toMatchObject({
				exit: exitCode.failedDuringWrite,
				modem: expect.stringContaining('1 of 2 files are written and accepted'),
				mode: 'rest',
				resume: { accepted: 1, size: total, loader: 59 },
			});
		});

		it.each<[string, number, readonly Event[]]>([
			[
				'the next one began',
				1,
				[...accepted, step('configure', 'running'), step('write', 'running')],
			],
			['the first was not accepted yet', 0, [came, sent]],
		])('feeds the loader first, in the data of a file: %s', async (_, accepted, more) => {
			expect(await leftAfter(more)).toMatchObject({
				exit: exitCode.failedDuringWrite,
				mode: 'feed',
				resume: { accepted, loader: 59 },
			});
		});

		it.each<[string, readonly Event[]]>([
			['the loader went in the data', [came, sent, went]],
			['the loader went', [...accepted, went]],
			['which loader it was is not told', accepted.slice(1)],
			['the loader refused', [...accepted, step('connect', 'failed')]],
		])('begins from the start: %s', async (_, more) => {
			const left = await leftAfter(more);
			expect(left).toMatchObject({ exit: exitCode.failedDuringWrite, mode: 'flash' });
			expect(left.resume).toBeUndefined();
		});

		it('does not ask for the rest when all were accepted before', async () => {
			const all = [came, sent, step('commit', 'done'), step('write', 'running')];
			const left = await leftAfter([...all, step('write', 'done'), step('commit', 'done')]);
			expect(left.mode).not.toBe('rest');
		});
	});

	it('is not known when the recording is gone', async () => {
		const left = await readInterrupted(jobWith('/nowhere/r.ndjson'));
		expect(left).toMatchObject({ exit: exitCode.failedDuringWrite, mode: 'flash' });
	});

	it('is what the flash before left, when this one wrote nothing', async () => {
		const previous = recordedUpTo('commit');
		const left = await readInterrupted(jobWith(recordedUpTo('connect'), { previous }));
		expect(left).toMatchObject({ mode: 'reset', recording: previous });
		expect(left.says).toContain('"connect"');
	});

	it('is kept until a flash comes to a good end, one for each modem and host', async () => {
		const host = { rehearsal: undefined };
		await createRecord(jobWith(recordedUpTo('write')));
		await createRecord(jobWith(recordedUpTo('check'), { path: '3-2' }));
		await createRecord(jobWith(recordedUpTo('check'), { rehearsal: '/tmp/x' }));
		expect((await interruptedFlashes(host)).map(({ job }) => job.path).toSorted()).toEqual([
			'3-1',
			'3-2',
		]);
		const ended = { exit: 0, message: 'Done.', modem: 'It runs.' };
		await createRecord(jobWith(recordedUpTo('check'), { path: '3-2', ended }));
		expect((await interruptedFlashes(host)).map(({ job }) => job.path)).toEqual(['3-1']);
		expect(await recordOf(host, '3-1')).toMatchObject({ model: 'RC7620' });
	});
});

describe('the way to go on', () => {
	const backend = { number: 0, class: 'ff/ff/ff', endpoints: 2, nodes: ['ttyUSB0'] };
	const device = (interfaces: number) => ({
		path: '3-1',
		vid: '1199',
		pid: '68c0',
		interfaces: Array.from({ length: interfaces }, (_, number) => ({ ...backend, number })),
	});

	it.each([
		['flash', 4, 'flash'],
		['reset', 1, 'reset'],
		['reset', 4, 'verify'],
		['verify', 4, 'verify'],
		['verify', 1, 'flash'],
	] as const)('%s becomes with %i interfaces %s', (mode, interfaces, now) => {
		expect(resumeModeNow({ mode }, device(interfaces))).toBe(now);
		expect(resumeModeNow({ mode }, undefined)).toBe(mode);
	});

	it('is the rest of the files for the loader that took the first ones, and for no other', () => {
		const left = { mode: 'rest', resume: { accepted: 1, size: 9, loader: 59 } } as const;
		expect(resumeModeNow(left, { ...device(1), number: 59 })).toBe('rest');
		expect(resumeModeNow(left, { ...device(1), number: 60 })).toBe('flash');
		expect(resumeModeNow(left, device(1))).toBe('flash');
		expect(resumeModeNow(left, undefined)).toBe('flash');
	});
});
