import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { digestOf, Seal } from '../../source/firmware/cwe/seal.ts';
import { openFirmwareFiles } from '../../source/firmware/open-files.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { runJob } from '../../source/flash/job/process.ts';
import { requestOf } from '../../source/flash/job/request.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { ghostOf } from '../../source/flash/rehearse/ghost-file.ts';
import { exitCode } from '../../source/problem.ts';
import { newRecordingPath } from '../../source/recording/file/places.ts';
import { readRecording } from '../../source/recording/file/reader.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { meetInFolder, newFolder } from '../flash/rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

async function openOn(scenario: string, rate?: number) {
	const met = await meetInFolder(scenario, {}, rate);
	const session = await LiveSession.open(met.host, 'a test');
	onTestFinished(() => session.end());
	return { ...met, session };
}

async function until(met: () => boolean, seconds = 50) {
	const deadline = performance.now() + seconds * 1000;
	while (!met()) {
		if (performance.now() > deadline) throw new Error('it did not come to that');
		await new Promise((wake) => setTimeout(wake, 2));
	}
}

describe('a session on a host', () => {
	it('sees the modem that is there, and its model', async () => {
		const { session } = await openOn('healthy');
		expect(session.path).toBe('3-1');
		expect(session.model).toBe('RC7620');
		expect([...session.devices.keys()]).toEqual(['3-1']);
		expect(session.label).toBe('simulated');
	});

	it('sends an AT command and remembers the version for the plan', async () => {
		const { session, folder } = await openOn('healthy');
		await session.modem.at.send('ATI', []);
		expect(session.transcript.lines.map(({ text }) => text)).toContain('Model: RC7620');
		const spk = join(folder, 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		await session.modem.flasher.makePlan();
		expect(session.modem.flasher.plan).toMatchObject({
			from: 'SWI9X07H_00.03.03.00',
			to: '00.08.24.02',
		});
	});

	it('rehearses a plan without a byte to the modem, and forgets it when another plan is made', async () => {
		const { session, folder } = await openOn('loader');
		const spk = join(folder, 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		const { flasher } = session.modem;
		await flasher.makePlan();
		const rehearsed = flasher.rehearse();
		expect(flasher.rehearsal?.isRunning).toBe(true);
		await rehearsed;
		const { progress, recording = '', isRunning } = flasher.rehearsal!;
		expect({ isRunning, exit: progress.ended?.exit }).toEqual({ isRunning: false, exit: 0 });
		const touched = session.log.events().filter(({ source }) => ['port', 'flash'].includes(source));
		expect(touched).toEqual([]);
		const { events } = await readRecording(recording);
		const started = events.find((event) => event.type === 'flash-started')!;
		expect(ghostOf({ ...started, path: session.path! })).toBeDefined();
		expect((await session.recordings()).map(({ from, path }) => [from, path])).toContainEqual([
			'rehearsal',
			recording,
		]);
		await flasher.makePlan();
		expect(flasher.rehearsal).toBeUndefined();
	});

	it('runs a script of several lines, and none of it without the words', async () => {
		const { session } = await openOn('healthy');
		const { at } = session.modem;
		await expect(at.runScript('ATI\nAT!EROPTION=1', [])).rejects.toThrow('AT!EROPTION=1');
		const sent = () =>
			session.transcript.lines.flatMap(({ kind, text }) => (kind === '>' ? [text] : []));
		expect(sent()).toEqual([]);
		await expect(at.runScript('ATI\nAT!NOSUCH?\nAT+CSQ', [])).rejects.toThrow(
			'The script ended early: ERROR.',
		);
		expect(sent()).toEqual(['ATI', 'AT!NOSUCH?']);
		await at.runScript('ATI\nAT+CFUN?', []);
	});

	it.each(['AT!RESET', 'ATI | AT!RESET'])(
		'neither sends nor arms %s without its word, whoever asks',
		async (typed) => {
			const { session } = await openOn('healthy');
			const { at } = session.modem;
			await expect(at.send(typed, [])).rejects.toThrow('RESET');
			const armable = await at.armable(typed);
			expect(() => armable.arm(['BOOTHOLD'])).toThrow('AT!RESET');
			expect(at.armed).toBeUndefined();
			armable.arm(['RESET']);
			expect(at.armed).toBe(armable.name);
		},
	);

	it('does not take the revision of a PRI for the firmware’s', async () => {
		const { session, folder } = await openOn('healthy');
		await session.modem.at.send('ATI', []);
		await session.modem.at.send('AT!PRIID?', []);
		const spk = join(folder, 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		await session.modem.flasher.makePlan();
		expect(session.modem.flasher.plan?.from).toBe('SWI9X07H_00.03.03.00');
	});

	it('plans the bytes that it checked, and none that came into the file since', async () => {
		const { session, folder } = await openOn('loader');
		const [spk, other] = [join(folder, 'small.spk'), join(folder, 'other.spk')];
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		const { flasher } = session.modem;
		await flasher.makePlan();
		const { files, checked, close } = await openFirmwareFiles([spk]);
		await checked();
		await close();
		expect(flasher.plan?.digest).toBe(digestOf(files));
		await smallRehearsalImage(other);
		renameSync(other, spk);
		await expect(flasher.makePlan()).rejects.toThrow('small.spk was changed after it was checked.');
		rmSync(spk);
		await expect(flasher.makePlan()).rejects.toThrow(`There is no file ${spk}.`);
	});

	it('reads a file once, however often it is planned, with another one and in a rehearsal', async () => {
		const { session, folder } = await openOn('loader-qdl');
		const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'b.nvu') };
		await rehearsalPair(pair, atMost(300_000));
		const checks = vi.spyOn(Seal.prototype, 'end');
		onTestFinished(() => checks.mockRestore());
		await session.firmware.open(pair.firmware);
		const { flasher } = session.modem;
		await flasher.add(pair.settings);
		await flasher.makePlan();
		await flasher.setAside('version');
		await flasher.rehearse();
		expect(checks).toHaveBeenCalledTimes(2);
	});

	it('plans several files in the order in which they are sent, until another one is opened', async () => {
		const { session, folder } = await openOn('loader-qdl');
		const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'b.nvu') };
		await rehearsalPair(pair, atMost(300_000));
		await session.firmware.open(pair.settings);
		await session.modem.flasher.add(pair.firmware);
		expect(session.modem.flasher.plan).toMatchObject({
			file: pair.firmware,
			others: [pair.settings],
		});
		await session.modem.flasher.makePlan();
		expect(session.modem.flasher.plan?.others).toEqual([pair.settings]);
		await expect(session.modem.flasher.add(pair.firmware)).rejects.toMatchObject({
			message: 'a.cwe is in the plan already.',
		});
		await expect(session.modem.flasher.add(join(folder, 'c.nvu'))).rejects.toThrow(
			'There is no file',
		);
		expect(session.modem.flasher.added).toEqual([pair.firmware]);
		await session.modem.flasher.leaveOut(pair.firmware);
		expect(session.modem.flasher.plan).toMatchObject({ file: pair.settings, others: [] });
		await session.modem.flasher.add(pair.firmware);
		await session.firmware.open(pair.firmware);
		expect(session.modem.flasher.added).toEqual([]);
	});

	it('finds the loop, catches it with an armed command, and says that it holds', async () => {
		// Slow enough that a busy machine meets the window of two seconds.
		const { session } = await openOn('boot-loop', 6);
		await until(() => session.findings.some(({ rule }) => rule === 'boot-loop'));
		(await session.modem.at.armable('AT!BOOTHOLD')).arm(['BOOTHOLD']);
		await until(() => session.modem.at.armed === undefined);
		expect(session.transcript.lines.at(-1)?.text).toContain('the boot loader is holding');
		// The finding comes with time alone, not with another event.
		await until(() => session.findings.at(-1)?.rule === 'loader-held');
	});

	it('flashes no other file than the one that was armed', async () => {
		const { session, folder } = await openOn('boot-loop', 6);
		const [armed, other] = ['armed.spk', 'other.spk'].map((name) => join(folder, name));
		await smallRehearsalImage(armed!);
		await smallRehearsalImage(other!);
		await session.firmware.open(armed!);
		session.modem.flasher.armStart('RC7620');
		await session.firmware.open(other!);
		const notes = () => JSON.stringify([...session.log].filter(({ type }) => type === 'note'));
		await until(() => notes().includes('It holds, but was not flashed: Other files are open'));
		expect(session.flash.started).toBeUndefined();
	});

	it('refuses a flash that was not asked for by name, or not planned', async () => {
		const { session, folder } = await openOn('loader');
		await expect(session.modem.flasher.makePlan()).rejects.toMatchObject({ exit: exitCode.usage });
		await expect(session.modem.flasher.start('RC7620')).rejects.toMatchObject({
			exit: exitCode.usage,
		});
		const spk = join(folder, 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		await session.modem.flasher.makePlan();
		await expect(session.modem.flasher.start('rc7611')).rejects.toMatchObject({
			message: '"rc7611" is not RC7620: nothing was started.',
		});
		expect(session.flash.started).toBeUndefined();
	});

	it('shows a flash that another process starts while it looks on', async () => {
		const { session, host, folder } = await openOn('loader');
		const spk = join(folder, 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		await session.modem.flasher.makePlan();
		const { files, checked, close } = await openFirmwareFiles([spk]);
		const device = session.devices.get('3-1')!;
		const plan = await makePlan({ host, device, files: await checked() });
		const request = requestOf(host, plan, newRecordingPath('flash'), 5);
		const stop = new AbortController().signal;
		await runJob({ host, origin: 'a test', load: files, plan, request, stop });
		await close();
		await until(() => session.flash.ended !== undefined);
		expect(session.flash.ended).toMatchObject({ exit: exitCode.done });
		const begun = [...session.log].filter(({ type }) => type === 'flash-started');
		expect(begun).toHaveLength(1);
	});

	it('arms nothing that would fire when a flashed modem comes back', async () => {
		const { session } = await openOn('loader');
		session.flash.add({
			t: 0,
			source: 'flash',
			type: 'flash-started',
			file: 'x.spk',
			size: 1,
			path: '3-1',
			model: 'RC7620',
			to: '1',
		});
		const hold = await session.modem.at.armable('AT!BOOTHOLD');
		expect(() => hold.arm(['BOOTHOLD'])).toThrow('nothing is armed while it does');
		expect(session.modem.at.armed).toBeUndefined();
	});

	it('says why AT cannot be spoken to a loader', async () => {
		const { session } = await openOn('loader');
		await expect(session.modem.at.send('ATI', [])).rejects.toMatchObject({
			exit: exitCode.noDevice,
			message: 'The boot loader does not speak AT: only the application does.',
		});
	});

	it('records from the first modem on, and everything before when it is asked later', async () => {
		const { session } = await openOn('healthy');
		const path = session.recorder.path!;
		session.recorder.mark('here');
		await session.recorder.stop();
		expect(session.recorder.path).toBeUndefined();
		session.recorder.mark('not recorded');
		const { header, events } = await readRecording(path);
		expect(header).toMatchObject({ origin: 'a test', speed: 20 });
		expect(events.map(({ type }) => type)).toEqual(['usb-came', 'mark']);

		session.recorder.start();
		const second = session.recorder.path!;
		expect(second).not.toBe(path);
		await session.end();
		expect(readFileSync(second, 'utf8')).toContain('not recorded');
	});

	it('goes on without a recording where none can be made', async () => {
		process.env.XDG_STATE_HOME = '/dev/null';
		const { session } = await openOn('healthy');
		expect(session.recorder.path).toBeUndefined();
		const marks = [...session.log].filter(({ type }) => type === 'mark');
		expect(JSON.stringify(marks)).toContain('not recorded');
	});

	it('says nothing more after its end', async () => {
		const { session, modem, folder } = await openOn('boot-loop');
		await session.end();
		const count = session.log.length;
		await modem.stop();
		rmSync(join(folder, 'dev'), { recursive: true });
		expect(session.log.length).toBe(count);
		await session.end();
	});
});

describe('leaving a held loader', () => {
	it('resets it once the model was named, and says by what', async () => {
		const { session } = await openOn('loader');
		await expect(session.modem.flasher.leave('WP7607')).rejects.toThrow(/is not RC7620/);
		await session.modem.flasher.leave('rc7620');
		await until(() => session.devices.get('3-1')?.interfaces.length === 4);
		const notes = session.log
			.events()
			.flatMap((event) => (event.type === 'note' ? [event.text] : []));
		expect(notes.at(-1)).toMatch(/^Left the loader by Sahara\. RESET /);
	});

	it('says that there is none where the application runs', async () => {
		const { session } = await openOn('healthy');
		await expect(session.modem.flasher.leave('RC7620')).rejects.toThrow(/none to leave/);
	});
});
