import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { openFirmwareFiles } from '../../source/firmware/open-files.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { runJob } from '../../source/flash/job/process.ts';
import { requestOf } from '../../source/flash/job/request.ts';
import { refuses } from '../../source/flash/model/plan.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import type { Model } from '../../source/modems/simulated.ts';
import { exitCode } from '../../source/problem.ts';
import { newRecordingPath } from '../../source/recording/file/places.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { situationOf } from '../../source/session/situation/situation.ts';
import { type Scenario, scenarios } from '../../source/simulator/modem/scenarios.ts';
import { type ViewName, viewNames } from '../../source/ui/text/view-names.ts';
import { meetInFolder, newFolder } from '../flash/rehearse.ts';
import { createTestConsole } from '../ui/test-console.tsx';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

/** What would end a flash that runs, if somebody did it. */
const harmful = /power.?cycl|unplug|\breset\b|\bflash it\b|modemscope flash/i;

async function image(model: Model, folder: string): Promise<string> {
	const path = join(folder, 'small.spk');
	if (model.family.loader !== 'qdl') {
		await smallRehearsalImage(path, model);
		return path;
	}
	const pair = { firmware: join(folder, 'small.cwe'), settings: join(folder, 'small.nvu') };
	await rehearsalPair(pair, atMost(900_000), model);
	return pair.firmware;
}

/** The same on a screen, which says in its own words too what a RESET of the protocols is. */
const advice =
	/power.?cycl|(?<!not )unplug|(?<!we |the loader to )\breset (?:it|the)\b|(?<!never )\bflash it\b|plan a flash|modemscope flash/i;

/** A flash is mostly data: of those blocks each so many-th is drawn. */
const blocksBetween = 64;

/** Draws the flash and each other view in turn; all of them at what is new. */
function screensOf(session: LiveSession) {
	const console = createTestConsole({ session });
	let drawn = 0;
	let events = 0;
	const advised = new Set<string>();
	const known = new Set<string>();
	const read = (state: string) => {
		const { log } = session;
		const newest = log.at(log.length - 1);
		const what = `${state} ${newest?.type}`;
		events++;
		if (newest?.type === 'payload' && known.has(what) && events % blocksBetween > 0) return;
		const views = known.has(what) ? ['flash', viewNames[events % viewNames.length]!] : viewNames;
		known.add(what);
		for (const view of views as readonly ViewName[]) {
			console.context.show(view);
			const [found] = advice.exec(console.text()) ?? [];
			if (found) advised.add(`${found} in ${view}`);
			drawn++;
		}
	};
	return { read, advised, drawn: () => drawn };
}

/** Reads what the console says of the modem at each change, and flashes it; undefined where no plan allows it. */
async function sayingWhileFlashing(scenario: Scenario) {
	const { host, folder } = await meetInFolder(scenario.name);
	const session = await LiveSession.open(host, 'a test');
	onTestFinished(() => session.end());
	// What was found before is there to be said.
	await host.clock.sleep(21);
	while (session.lastSeen === undefined) await host.clock.sleep(0.2);
	const path = await image(scenario.model, folder);
	const { files, checked, close } = await openFirmwareFiles([path]);
	onTestFinished(close);
	const plan = await makePlan({ host, device: session.lastSeen, files: await checked() });
	if (refuses(plan)) return undefined;
	const phases = new Set<string>();
	const screens = screensOf(session);
	session.subscribe(() => {
		if (!session.flash.running) return;
		const { state, words, says, next, findings } = situationOf(session);
		const found = findings.flatMap(({ title, means, next: steps }) => [title, means, ...steps]);
		expect([words, says, next?.says, ...found].join('\n')).not.toMatch(harmful);
		phases.add(state);
		screens.read(state);
	});
	const request = requestOf(host, plan, newRecordingPath('flash'), 2);
	const stop = new AbortController().signal;
	await runJob({ host, origin: 'a test', load: files, plan, request, stop });
	while (session.flash.ended === undefined) await host.clock.sleep(0.5);
	expect([...screens.advised]).toEqual([]);
	return { session, phases: [...phases], drawn: screens.drawn() };
}

it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
	'%s: nothing advises what would end the flash that runs',
	async (name, scenario) => {
		const flashed = await sayingWhileFlashing(scenario);
		const mustEndWell = ['boot-loop', 'loader', 'loader-qdl', 'spoiled'].includes(name);
		if (!mustEndWell && flashed?.session.flash.ended?.exit !== exitCode.done) return;
		const { session, phases, drawn } = flashed ?? expect.unreachable('it was not flashed');
		expect(phases).toEqual(['flashing', 'committing', 'rebooting', 'checking']);
		expect(situationOf(session).findings.map(({ rule }) => rule)).toEqual(['flash-done']);
		expect(drawn).toBeGreaterThan(100);
		// There was something to keep quiet about.
		const rules = session.findings.map(({ rule }) => rule);
		if (name === 'loader') expect(rules).toContain('loader-held');
		if (name === 'spoiled') expect(rules).toContain('refused-firehose');
	},
);
