import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event, UsbDevice } from '../../source/events.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { Ghost } from '../../source/flash/rehearse/ghost.ts';
import { ghostOf, keepRehearsal } from '../../source/flash/rehearse/ghost-file.ts';
import { playedScenario } from '../../source/flash/rehearse/played-modem.ts';
import { rehearse } from '../../source/flash/rehearse/rehearse.ts';
import { models } from '../../source/modems/simulated.ts';
import { exitCode } from '../../source/problem.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { rehearsalsFolder } from '../../source/recording/file/places.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import {
	applicationDevice,
	emergencyDevice,
	loaderDevice,
} from '../../source/simulator/device/devices.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { newFolder, quick, smallFirmware, speed } from './rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

const real: UsbDevice = { ...loaderDevice(models.RC7620, 7), path: '1-1.2', serial: 'LF98765432' };

/** A rehearsal with a small file, and what it said. */
async function rehearsed(
	device: UsbDevice,
	but: Partial<Scenario> = {},
	stop = new AbortController().signal,
) {
	const file = await smallFirmware();
	const files = [{ file, checks: await file.verify() }];
	const events: Event[] = [];
	const done = await rehearse({
		snapshot: { device },
		load: [file],
		plan: (on) => makePlan({ ...on, files }),
		onEvent: (event) => events.push(event),
		stop,
		speed,
		but: { ...quick, ...but },
	});
	return { ...done, events };
}

/** What a ghost makes of a flash with these events. */
function follow(ghost: Ghost, events: readonly Event[]) {
	const traffic = new Traffic(1);
	for (const event of events) ghost.add(event, traffic.add(event));
	return ghost.at(events.at(-1)!.t);
}

describe('the modem that plays another one', () => {
	it('has its model, its mode and the version that it said', () => {
		const from = 'SWI9X07H_00.03.03.00 2b1b3f jenkins';
		const device = applicationDevice(models.RC7620, 7);
		const { model, foundIn } = playedScenario({ device, from });
		expect(foundIn).toBe('application');
		expect(model.name).toBe('RC7620');
		expect(model.released.firmware).toBe('00.03.03.00');
		expect(playedScenario({ device: real }).foundIn).toBe('loader');
	});

	it('speaks QDL where its family does, and has the ports that it shows', () => {
		expect(playedScenario({ device: loaderDevice(models.MC7455, 7) }).loader).toBe('qdl');
		const mbim = applicationDevice(models.EM7565, 7, 'mbim');
		expect(playedScenario({ device: mbim }).composition).toBe('mbim');
	});

	it('is played by a model of its chip, under its own name, where itself is not played', () => {
		const device = { ...real, product: 'Sierra Wireless RC7611' };
		expect(playedScenario({ device }).model).toMatchObject({ name: 'RC7611', product: '9X07' });
	});

	it('is refused where nobody plays its chip, and in EDL', () => {
		const quectel = { ...real, vid: '2c7c', pid: '0125', product: 'EG25-G' };
		expect(() => playedScenario({ device: quectel })).toThrow('The simulator plays no modem');
		expect(() => playedScenario({ device: emergencyDevice(models.RC7620, 7) })).toThrow('EDL');
	});
});

describe('a rehearsal', () => {
	it('carries the plan out, keeps it for the flash that follows, and touches no other modem', async () => {
		const { exit, recording, events } = await rehearsed(real);
		expect(exit).toBe(exitCode.done);
		const started = events.find((event) => event.type === 'flash-started')!;
		expect(started.path).toBe('3-1');
		expect(ghostOf(started)).toBeUndefined();
		const ghost = ghostOf({ ...started, path: '1-1.2', file: `/elsewhere/${started.file}` });
		const { of, state } = ghost!.at(0);
		expect({ state, many: of > 15 }).toEqual({ state: 'as rehearsed', many: true });
		expect(readFileSync(recording!, 'utf8')).toContain('made from the modem at 1-1.2');
	});

	it('keeps the newest ones and those that somebody marked, and removes the oldest', async () => {
		const { events } = await rehearsed(real);
		const header = { modemscope: 1, started: '', title: '', origin: '', speed: 1 } as const;
		const folder = rehearsalsFolder();
		const put = (name: string, age: number) => {
			writeFileSync(join(folder, name), '');
			const then = Date.now() / 1000 - age;
			utimesSync(join(folder, name), then, then);
		};
		put('marked.ndjson', 1000);
		put('marked.ndjson.marks', 1000);
		for (let age = 1; age <= 30; age++) put(`${age}.ndjson`, age);
		keepRehearsal('1-1.2', header, events);
		const left = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
		expect(left).toHaveLength(21);
		expect(left).toContain('marked.ndjson');
		expect(left).toContain('19.ndjson');
		expect(left).not.toContain('20.ndjson');
	});

	it('is not kept when it was stopped', async () => {
		const stop = new AbortController();
		stop.abort();
		const { recording } = await rehearsed(real, {}, stop.signal);
		expect(recording).toBeUndefined();
	});

	it('fails as the flash would, and says so', async () => {
		const { exit } = await rehearsed(real, { refusesImages: 0x89 });
		expect(exit).toBe(exitCode.failedDuringWrite);
	});
});

describe('a flash over its rehearsal', () => {
	it('goes as rehearsed, whatever its times, its chunks and what the modem narrates', async () => {
		const { events } = await rehearsed(real);
		const other = events.flatMap((event): Event[] => {
			const later = { ...event, t: event.t * 1.5 };
			if (later.type !== 'payload') return [later];
			const length = later.length >> 1;
			return [
				{ ...later, length },
				{ ...later, offset: later.offset + length, length: later.length - length },
			];
		});
		const state = follow(new Ghost(events), other);
		expect(state).toMatchObject({ state: 'as rehearsed', departures: [], next: undefined });
		expect(state.step).toBe(state.of);
	});

	it('departs where the loader refuses, and names what was rehearsed there', async () => {
		const { events } = await rehearsed(real);
		const [accepts, refuses] = ['ACK', 'NAK'].map((value) =>
			firehoseDocument('response', { value, rawmode: 'false' }).toString('hex'),
		);
		const other = events.map((event) =>
			event.type === 'bytes' && event.dir === 'in'
				? { ...event, hex: event.hex.replace(accepts!, refuses!) }
				: event,
		);
		expect(other).not.toEqual(events);
		const { state, departures } = follow(new Ghost(events), other);
		expect(state).toBe('departed');
		expect(departures[0]).toMatchObject({
			came: expect.stringMatching(/NAK/),
			rehearsed: expect.stringMatching(/ACK/),
		});
	});

	it('is not late while it watches for longer whether the modem stays up', async () => {
		const { events } = await rehearsed(real);
		const checking = events.findIndex(
			(event) => event.type === 'flash-phase' && event.phase === 'check',
		);
		const watched = events.findIndex(
			(event) => event.type === 'flash-phase' && event.phase === 'check' && event.state === 'done',
		);
		expect(watched).toBeGreaterThan(checking);
		const ghost = new Ghost(events);
		follow(ghost, events.slice(0, watched));
		expect(ghost.at(events[watched - 1]!.t + 60).state).toBe('as rehearsed');
	});

	it('is late where the modem keeps silent for much longer than rehearsed', async () => {
		const { events } = await rehearsed(real);
		const end = events.findLastIndex((event) => event.type === 'payload');
		const ghost = new Ghost(events);
		const { state } = follow(ghost, events.slice(0, end + 1));
		expect(state).toBe('as rehearsed');
		const t = events[end]!.t;
		expect(ghost.at(t + 5).state).toBe('as rehearsed');
		const late = ghost.at(t + 60);
		expect(late.state).toBe('late');
		expect(late.lateBy).toBeGreaterThan(50);
		expect(late.next).toBeDefined();
	});
});
