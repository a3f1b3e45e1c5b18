import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type OpenLoad, openLoad } from '../../source/commands/flash/load.ts';
import type { Event } from '../../source/events.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { rehearsalPackage } from '../../source/firmware/rehearsal/package.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { rehearsalNames, rehearsalPartitions } from '../../source/firmware/rehearsal/partitions.ts';
import { runJob } from '../../source/flash/job/process.ts';
import { requestOf } from '../../source/flash/job/request.ts';
import type { Plan } from '../../source/flash/model/plan.ts';
import { refuses } from '../../source/flash/model/plan.ts';
import { exitCode } from '../../source/problem.ts';
import { newRecordingPath } from '../../source/recording/file/places.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { situationOf } from '../../source/session/situation/situation.ts';
import { allScenarios, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { type ViewName, viewNames } from '../../source/ui/text/view-names.ts';
import { meetInFolder, newFolder } from '../flash/rehearse.ts';
import { FakeSession } from '../ui/fake-session.ts';
import { createTestConsole } from '../ui/test-console.tsx';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

/** What would end a flash that runs, if somebody did it. */
const harmful = /power.?cycl|unplug|\breset\b|\bflash it\b|modemscope flash/i;

/** What its loader takes, small: firmware, a maker's package, or partitions with their programmer. */
async function smallLoad({ name, model, loader }: Scenario, folder: string): Promise<OpenLoad> {
	if (name === 'emergency-nand') {
		await rehearsalPackage(join(folder, 'package'));
		return openLoad([join(folder, 'package')], undefined);
	}
	if (loader === 'edl') {
		const path = join(folder, 'partitions');
		await rehearsalPartitions(path);
		const { rawProgram, patch, programmer } = rehearsalNames;
		return openLoad([join(path, rawProgram), join(path, patch)], join(path, programmer));
	}
	const path = join(folder, 'small.spk');
	if (model.family.loader !== 'qdl') {
		await smallRehearsalImage(path, model);
		return openLoad([path], undefined);
	}
	const pair = { firmware: join(folder, 'small.cwe'), settings: join(folder, 'small.nvu') };
	await rehearsalPair(pair, atMost(900_000), model);
	return openLoad([pair.firmware], undefined);
}

/** The same on a screen, which says in its own words too what a RESET of the protocols is. */
const advice =
	/power.?cycl|(?<!not )unplug|(?<!we |the loader to )\breset (?:it|the)\b|(?<!never )\bflash it\b|plan a flash|modemscope flash/i;

/**
 * Draws every view in each state of the flash, and the flash and one other view at each kind of event and
 * frame in it, when it is over: a flash that runs does not wait for a screen. Returns what advises to end it.
 */
function advisedWhileFlashing(events: readonly Event[], plan: Plan, least: number): string[] {
	const session = new FakeSession();
	session.flasher.plan = plan;
	const console = createTestConsole({ session });
	const known = new Set<string>();
	const advised = new Set<string>();
	let drawn = 0;
	for (const event of events) {
		session.time = event.t;
		if (event.type === 'usb-came') session.devices.set(event.device.path, event.device);
		if (event.type === 'usb-went') session.devices.delete(event.path);
		session.add(event);
		if (!session.flash.running) continue;
		const { state } = situationOf(session);
		const frame = event.type === 'bytes' ? session.traffic.frames.at(-1)?.name : '';
		const what = `${state} ${event.type} ${frame}`;
		if (known.has(what)) continue;
		const others = viewNames.filter((view) => view !== 'flash');
		const views: readonly ViewName[] = known.has(state)
			? ['flash', others[known.size % others.length]!]
			: viewNames;
		known.add(what).add(state);
		for (const view of views) {
			console.context.show(view);
			const [found] = advice.exec(console.text()) ?? [];
			if (found) advised.add(`${found} in ${view}`);
			drawn++;
		}
	}
	expect(drawn).toBeGreaterThanOrEqual(least);
	return [...advised];
}

/** Reads what the console says of the modem at each change, and flashes it; undefined where no plan allows it. */
async function sayingWhileFlashing(scenario: Scenario) {
	const { host, folder } = await meetInFolder(scenario.name);
	const session = await LiveSession.open(host, 'a test');
	onTestFinished(() => session.end());
	// What was found before is there to be said.
	await host.clock.sleep(21);
	while (session.lastSeen === undefined) await host.clock.sleep(0.2);
	const { load, plan: planFor, close } = await smallLoad(scenario, folder);
	onTestFinished(close);
	const plan = await planFor({ host, device: session.lastSeen });
	if (refuses(plan)) return undefined;
	const phases = new Set<string>();
	const said = new Set<string>();
	let refused: Promise<unknown> | undefined;
	session.subscribe(() => {
		if (!session.flash.running) return;
		const { state, words, says, next, findings, steps } = situationOf(session);
		const found = findings.flatMap(({ title, means, next: all }) => [title, means, ...all]);
		for (const sentence of [words, says, next?.says ?? '', ...steps, ...found]) said.add(sentence);
		phases.add(state);
		refused ??= session.modem.at.send('ATI', []).catch(({ message }: Error) => message);
	});
	const request = requestOf(host, plan, newRecordingPath('flash'), 2);
	const stop = new AbortController().signal;
	await runJob({ host, origin: 'a test', load, plan, request, stop });
	while (session.flash.ended === undefined) await host.clock.sleep(0.5);
	expect(await refused).toContain('A flash runs');
	return {
		session,
		phases: [...phases],
		plan,
		advised: [...said].filter((one) => harmful.test(one)),
	};
}

const whole = ['flashing', 'committing', 'rebooting', 'checking'];
/** How far the flash comes of those that do not end well, and with what. */
const unsound: Readonly<Record<string, { exit: number; phases: readonly string[] } | 'no plan'>> = {
	'no-driver': { exit: exitCode.noDevice, phases: ['flashing'] },
	'usbcomp-2': 'no plan',
	'dpr-grounded': { exit: exitCode.refusedBeforeWrite, phases: ['flashing'] },
	'keeps-preference': { exit: exitCode.writtenButUnchecked, phases: whole },
	'nand-refuses': { exit: exitCode.failedDuringWrite, phases: ['flashing', 'committing'] },
};

it.each(allScenarios.map((scenario) => [scenario.name, scenario] as const))(
	'%s: nothing advises what would end the flash that runs',
	async (name, scenario) => {
		const flashed = await sayingWhileFlashing(scenario);
		const ends = unsound[name] ?? { exit: exitCode.done, phases: whole };
		if (ends === 'no plan') {
			expect(flashed).toBeUndefined();
			return;
		}
		const { session, phases, plan, advised } = flashed ?? expect.unreachable('it was not flashed');
		expect(session.flash.ended?.exit).toBe(ends.exit);
		expect(phases).toEqual(ends.phases);
		expect(advised).toEqual([]);
		const { log } = session;
		const events = Array.from({ length: log.length }, (_, index) => log.at(index)!);
		const screens = ends.phases === whole ? 60 : viewNames.length;
		expect(advisedWhileFlashing(events, plan, screens)).toEqual([]);
		if (ends.exit === exitCode.done)
			expect(situationOf(session).findings.map(({ rule }) => rule)).toEqual(['flash-done']);
		// There was something to keep quiet about.
		const rules = session.findings.map(({ rule }) => rule);
		if (name === 'loader') expect(rules).toContain('loader-held');
		if (name === 'spoiled') expect(rules).toContain('refused-firehose');
	},
);
