import { expect, it } from 'vitest';
import { open, quit } from './open.ts';
import { startFlash } from './start-flash.ts';

/** Advice that would end a flash that runs. The traffic itself may speak of resets. */
const harmful =
	/power.?cycle|(?<!not )unplug|\breset (?:it|the)\b|(?<!never )flash it|plan a flash|modemscope flash/i;

it.each(['loader', 'spoiled'])(
	'no view advises what would end the flash of the %s modem while it runs',
	async (scenario) => {
		const screen = open(['--demo', scenario, '--view=firmware', '--speed', '12'], [100, 30]);
		await startFlash(screen);
		const seen = new Set<string>();
		const running = /(FLASHING|COMMITTING|REBOOTING|CHECKING)/;
		for (let turn = 0; ; turn++) {
			screen.type(String((turn % 5) + 1));
			await screen.until(
				() => screen.text.includes(`[${(turn % 5) + 1} `),
				10,
				`view ${(turn % 5) + 1}`,
			);
			const [, phase] = running.exec(screen.text) ?? [];
			if (phase === undefined) break;
			seen.add(phase);
			expect(screen.text).not.toMatch(harmful);
		}
		expect([...seen]).toEqual(expect.arrayContaining(['FLASHING', 'COMMITTING', 'CHECKING']));
		screen.type('1');
		await screen.shows(/The modem is back/);
		await quit(screen);
	},
	120_000,
);
