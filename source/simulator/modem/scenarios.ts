import { models } from '../../modems/simulated.ts';
import { exitCode, Problem } from '../../problem.ts';
import { type Scenario, sound } from './scenario.ts';
import { strictScenarios } from './strict-scenarios.ts';

export type { Scenario } from './scenario.ts';

/** To choose from in the console; `strictScenarios` are for tests and those who know what they want. */
export const scenarios: readonly Scenario[] = [
	{
		...sound,
		name: 'boot-loop',
		says: 'An interrupted update broke the application: it runs for two seconds, resets, and repeats.',
		application: 'crashes',
	},
	{
		...sound,
		name: 'stuck',
		says: 'Held in the loader by TP1. Its HELLO was read before: it is silent until something is sent.',
		foundIn: 'loader',
		application: 'crashes',
		strapLow: true,
		helloConsumed: true,
	},
	{
		...sound,
		name: 'loader',
		says: 'Held in the loader by AT!BOOTHOLD. It has not sent its HELLO yet.',
		foundIn: 'loader',
	},
	{ ...sound, name: 'healthy', says: 'The application runs and stays.' },
	{
		...sound,
		name: 'low-power',
		says: 'It stays in low power: AT!IMPREF prefers other firmware than it runs. It crashed before.',
		atBehaviour: { mismatch: true, crashed: true },
	},
	{
		...sound,
		name: 'error-detection',
		says: 'A boot loop that the loader ends by itself: it holds after six early resets.',
		application: 'crashes',
		// legatoproject/lk sierra_bl.c, BLERRTHRESHOLD_FASTBOOT.
		holdsAfterResets: 6,
	},
	{
		...sound,
		name: 'loader-qdl',
		says: 'An MC7455 held in its loader, which speaks QDL: firmware and settings are two files.',
		model: models.MC7455,
		foundIn: 'loader',
		loader: 'qdl',
		// libqmi waits 120 s for the last chunk; a 9x30 takes most of a minute.
		commitSeconds: 45,
	},
	{
		...sound,
		name: 'nameless',
		says: 'An EM7565 held in its loader. It calls itself QUSB__BULK; only its ids show what it is.',
		model: models.EM7565,
		foundIn: 'loader',
	},
	{
		...sound,
		name: 'spoiled',
		says: 'Another program sent junk to the loader: HELLO says memory debug, and it refuses Firehose.',
		foundIn: 'loader',
		strapLow: true,
		spoiled: true,
	},
	{
		...sound,
		name: 'emergency',
		says: 'Its boot loader is gone: the chip’s own emergency loader takes a signed programmer.',
		foundIn: 'loader',
		strapLow: true,
		loader: 'edl',
	},
	{
		...sound,
		name: 'emergency-nand',
		says: 'A chip with NAND flash in its emergency loader, and firmware packed as Quectel does.',
		foundIn: 'loader',
		strapLow: true,
		loader: 'edl',
		edl: { ...sound.edl, storage: 'nand' },
	},
	{
		...sound,
		name: 'exact-loop',
		says: 'A boot loop with exact times, to measure by: there for 2.4 s, gone for 12 s.',
		application: 'crashes',
		present: [2.4, 2.4],
		absent: [12, 12],
	},
	{
		...sound,
		name: 'slow-commit',
		says: 'Held in the loader; it is silent for 100 s before it accepts or refuses the firmware.',
		foundIn: 'loader',
		commitSeconds: 100,
	},
	{
		...sound,
		name: 'no-driver',
		says: 'Held in a loader whose id no kernel driver knows: it has no tty.',
		foundIn: 'loader',
		loader: 'no tty',
	},
];

export const allScenarios: readonly Scenario[] = [...scenarios, ...strictScenarios];

/** Throws a Problem that lists the scenarios when there is none of that name. */
export function findScenario(name: string): Scenario {
	const found = allScenarios.find((scenario) => scenario.name === name);
	if (found) return found;
	const names = allScenarios.map((scenario) => scenario.name).join(', ');
	throw new Problem(exitCode.usage, `There is no scenario "${name}".`, {
		next: `name one of ${names}.`,
	});
}
