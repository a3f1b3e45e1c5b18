/** Outcomes once every byte was sent: the commit, the reset, and what starts then. */

import type { Versions } from '../../../firmware/versions.ts';
import { exitCode, Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Settings } from '../settings.ts';
import type { Ways } from '../ways.ts';
import { flashAgain, halfWritten, written } from './states.ts';

export const done = (version: string, seconds: number): string =>
	`Done: the modem runs ${version} and stayed up for ${seconds} s.`;

export const doneUnasked = (version: string, seconds: number): string =>
	`Done: the modem accepted ${version}, started and stayed up for ${seconds} s; its version was not checked, for none of its ports can be asked.`;

/** Whose firmware a set of partitions is, nobody asks. */
export const partitionsDone = (id: string, seconds: number): string =>
	`Done: it came back as ${id} and stayed up for ${seconds} s; what it runs was not asked.`;

export const resetRefused = (why: string) =>
	new Problem(
		exitCode.writtenButUnchecked,
		`The firmware was accepted, but the loader did not reset the modem: ${why}.`,
		{
			modem: 'The new firmware is in the modem; the boot loader still holds.',
			next: 'power cycle it.',
		},
	);

/** A flash whose process died after the last byte is ended: the loader was restarted meanwhile. */
export const restartedSince = (ways: Ways) =>
	new Problem(
		exitCode.failedDuringWrite,
		'The loader says HELLO: the modem was restarted since, and did not start what was written.',
		{
			modem: 'It holds in its boot loader; nothing was written now.',
			next: `${ways.out}; if it comes back to its loader, flash it again.`,
		},
	);

export const silentSince = (ways: Ways) =>
	new Problem(exitCode.failedDuringWrite, 'The loader says nothing any more.', {
		modem: 'Every byte was sent before; whether the modem accepted them is not known.',
		next: `${ways.out} and see what starts; flash again if nothing does.`,
	});

export const commitRefused = (ways: Ways, why: string) =>
	new Problem(
		exitCode.failedDuringWrite,
		`The modem refused what was written: ${sanitize(why).replace(/\.$/, '')}.`,
		{ modem: halfWritten, next: flashAgain(ways) },
	);

const unchecked = (what: string) =>
	new Problem(exitCode.writtenButUnchecked, what, {
		modem: written,
		next: 'watch it in the USB view; if it loops, catch it with AT!BOOTHOLD and flash it again.',
	});

export const checkStopped = () =>
	new Problem(exitCode.writtenButUnchecked, 'The check was stopped, as asked.', {
		modem: written,
		next: 'check it with "modemscope flash --continue".',
	});

export const loaderStillHolds = (seconds: number) =>
	unchecked(`The boot loader still holds ${seconds} s after the reset.`);

export const applicationDidNotAppear = (seconds: number) =>
	unchecked(`The application did not appear within ${seconds} s.`);

export const notAsTheFile = (why: string) =>
	unchecked(`The modem is not as the file should have made it: ${why}.`);

/** It runs and has no network, until what it prefers is what it runs. */
export function preferenceMismatch(after: Settings, wanted: Versions): Problem {
	const prefers = ['firmware', 'carrier', 'config'].flatMap(
		(part) => after[`preferred ${part}` as keyof Settings] ?? [],
	);
	const { firmware, carrier, config } = wanted;
	const pair = [firmware, carrier, config].flatMap((part) => part?.value ?? []);
	const own = pair.length === 3 ? ` or AT!IMPREF="${pair.join(',')}"` : '';
	return new Problem(
		exitCode.writtenButUnchecked,
		`The modem runs ${after.revision?.split(' ')[0] ?? 'its application'} in low power: it prefers ${prefers.join(' ') || 'other firmware'} (${after.mismatch}).`,
		{
			modem: `${written} It has no network while it prefers another.`,
			next: `AT!ENTERCND="A710", then AT!IMPREF="GENERIC"${own}, then AT!RESET; then "modemscope flash --continue" checks it.`,
		},
	);
}

export const resetSoonAfter = () =>
	unchecked('The modem started the new firmware, but was reset soon after.');

const partitionsUnchecked = (ways: Ways, what: string) =>
	new Problem(exitCode.writtenButUnchecked, what, {
		modem: 'Every partition was written and accepted.',
		next: `see in the USB view what it does; if it is back as 05c6:9008, check that the set is for this very model. To flash again, ${flashAgain(ways)}`,
	});

export const partitionsCheckStopped = (ways: Ways) =>
	partitionsUnchecked(ways, 'The check was stopped, as asked.');

export const programmerStillHolds = (ways: Ways, seconds: number) =>
	partitionsUnchecked(ways, `The programmer still holds ${seconds} s after the reset.`);

export const nothingAppeared = (ways: Ways, seconds: number) =>
	partitionsUnchecked(ways, `Nothing appeared at its port within ${seconds} s.`);

export const emergencyLoaderIsBack = (ways: Ways) =>
	partitionsUnchecked(ways, 'The emergency loader is back: what was written does not start.');

export const partitionsResetSoonAfter = (ways: Ways, id: string) =>
	partitionsUnchecked(ways, `It came back as ${id}, but was reset soon after.`);
