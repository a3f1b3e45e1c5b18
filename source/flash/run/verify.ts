import type { Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { atNode, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, phase } from '../model/context.ts';
import {
	applicationDidNotAppear,
	checkStopped,
	loaderStillHolds,
	notAsTheFile,
	resetSoonAfter,
} from '../model/outcomes/restart.ts';
import { changes, readSettings, type Settings, unlike } from '../model/settings.ts';

/** Seconds: for the loader to leave, for the new application to start (litefw waits as long). */
const leaveWait = 60;
const startWait = 240;
/** Seconds that an application may run before it answers AT. */
const answerWait = 30;

export type Expected = {
	readonly wanted: Versions;
	/** What the modem said before the flash, where it could be asked. */
	readonly before: Settings;
	/** Seconds that the modem must run without a reset. */
	readonly settle: number;
};

/**
 * Sees the modem reboot, holds what it says against the file, tells what changed, and watches that
 * it stays up. Throws a Problem with exit code 8 when one of these fails, or when a person stops it.
 */
export async function verify(
	host: Host,
	usb: PortWatch,
	{ wanted, before, settle }: Expected,
	context: FlashContext,
): Promise<void> {
	const { stop } = context;
	const seen = async (...[want, seconds]: Parameters<PortWatch['until']>) => {
		const came = await usb.until(want, seconds, stop);
		if (!came && stop.aborted) throw checkStopped();
		return came;
	};
	if (!(await seen((device) => !device || modeOf(device) === 'application', leaveWait))) {
		throw loaderStillHolds(leaveWait);
	}
	if (!(await seen((device) => device !== undefined && atNode(device) !== undefined, startWait))) {
		throw applicationDidNotAppear(startWait);
	}
	phase(context, 'reboot', 'done', 'the application is back');
	phase(context, 'check', 'running', 'reading version and settings');
	const appeared = usb.device?.number;
	const after = await ask(host, usb, context);
	for (const change of changes(before, after)) note(context, change);
	const wrong = unlike(after, wanted);
	if (wrong) throw notAsTheFile(wrong);
	const runs = `runs ${after.revision?.split(' ')[0] ?? 'its application'}`;
	phase(context, 'check', 'running', `${runs}; watching for ${settle} s that it stays up`);
	if (await seen((device) => device?.number !== appeared, settle)) {
		throw resetSoonAfter();
	}
	phase(context, 'check', 'done', `${runs} and stayed up for ${settle} s`);
}

/** An application that has just come may not answer yet. */
async function ask(host: Host, usb: PortWatch, context: FlashContext): Promise<Settings> {
	const { clock, stop } = context;
	const deadline = clock.now() + answerWait;
	while (clock.now() < deadline && !stop.aborted) {
		try {
			const settings = await readSettings(host, usb.device, context);
			if (settings.revision) return settings;
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
		}
		await clock.sleep(1, stop);
	}
	if (stop.aborted) throw checkStopped();
	return {};
}

/** The firmware version among the lines of ATI: `SWI9X07H_00.08.24.02`; AT!PRIID? tells a PRI's as `001.000`. */
export const revisionOf = (lines: readonly string[]): string | undefined =>
	lines.map((line) => /^Revision: *(?!\d+\.\d+$)(\S+)/.exec(line)?.[1]).find(Boolean);
