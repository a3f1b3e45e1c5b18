/** Each family is updated from its application, beside ModemManager. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { type Model, models } from '../../source/modems/simulated.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { managedBy, saidWhileInhibited, startManager } from './manager.ts';
import { meet } from './modem.ts';
import { modemscope, succeeds } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'updates-'));
const file = (name: string) => join(folder, name);
/** The files of a model, in the order in which they are sent. */
const filesOf = ({ name, family }: Model) =>
	family.loader === 'qdl' ? [file(`${name}.cwe`), file(`${name}.nvu`)] : [file(`${name}.spk`)];

beforeAll(async () => {
	for (const model of Object.values(models)) {
		const [firmware = '', settings = ''] = filesOf(model);
		if (settings) await rehearsalPair({ firmware, settings }, atMost(100_000), model);
		else await smallRehearsalImage(firmware, model);
	}
});

/** Modem seconds in one of the wall: a slow guest still comes in time for what waits for it. */
const speed = 4;
const quick: Partial<Scenario> = { commitSeconds: 4, waitsForDownload: 240 };

const modems: readonly (readonly [string, Model, string, Partial<Scenario>])[] = [
	['RC7620', models.RC7620, 'healthy', {}],
	['EM7565, whose loader is QUSB__BULK', models.EM7565, 'healthy', {}],
	['MC7455, over QDL', models.MC7455, 'healthy', { loader: 'qdl' }],
	['EM9191, MBIM and AT', models.EM9191, 'healthy', { composition: 'mbim and at' }],
];
describe('beside ModemManager, modemscope flash updates an', () => {
	test.for(modems)('%s', { timeout: 400_000 }, async ([, model, scenario, but]) => {
		const manager = startManager();
		const modem = await meet(scenario, { ...quick, model, ...but }, speed);
		await managedBy(manager);
		const run = modemscope(
			'flash',
			...filesOf(model),
			...['--yes-flash', model.name, '--settle', '2'],
		);
		await succeeds(run);
		expect(modem.release).toMatchObject({ firmware: model.update.firmware });
		expect(modem.prefers).toBe(model.update.firmware);
		expect(await saidWhileInhibited(manager)).not.toMatch(/grabbed/);
	});
});
