import type { UsbDevice } from '../../events.ts';
import type { Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { isLoader, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, phase } from '../model/context.ts';
import {
	applicationDidNotAppear,
	checkStopped,
	loaderStillHolds,
	notAsTheFile,
	preferenceMismatch,
	resetSoonAfter,
} from '../model/outcomes/restart.ts';
import { canBeAsked, changes, readSettings, type Settings, unlike } from '../model/settings.ts';

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

/** One restart more is normal after an image switch; libqmi waits for a dozen (qfu-device-selection.c). */
const mostResets = 1;

/** What was found out of a modem that stays up. */
export type Verified = {
	/** How it calls what it runs; undefined where no port of it could be asked. */
	readonly revision: string | undefined;
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
): Promise<Verified> {
	const { stop } = context;
	const seen = async (...[want, seconds]: Parameters<PortWatch['until']>) => {
		const came = await usb.until(want, seconds, stop);
		if (!came && stop.aborted) throw checkStopped();
		return came;
	};
	const runs = (device: UsbDevice | undefined) => !!device && modeOf(device) === 'application';
	if (!(await seen((device) => !device || runs(device), leaveWait))) {
		throw loaderStillHolds(leaveWait);
	}
	for (let resets = 0; ; resets++) {
		if (!(await seen((device) => runs(device) || (resets > 0 && isLoader(device)), startWait))) {
			throw resets > 0 ? resetSoonAfter() : applicationDidNotAppear(startWait);
		}
		if (!runs(usb.device)) throw resetSoonAfter();
		phase(context, 'reboot', 'done', 'the application is back');
		phase(context, 'check', 'running', 'reading version and settings');
		const appeared = usb.device?.number;
		const until = context.clock.now() + settle;
		const after = await ask(host, usb, context);
		const mismatch = after && judge(after, wanted, before, context);
		const does = after?.revision ? `runs ${after.revision.split(' ')[0]}` : 'runs its application';
		const unasked = after ? '' : '; which version is not checked: none of its ports can be asked';
		// It was up already while it was read.
		const left = Math.max(0, until - context.clock.now());
		const waiting =
			left > 0 ? `; only waiting now: ${Math.ceil(left)} s more that it stays up` : '';
		phase(context, 'check', 'running', `${does}${waiting}`);
		if (!(await seen((device) => device?.number !== appeared, left))) {
			if (mismatch) throw mismatch;
			phase(context, 'check', 'done', `${does} and stayed up for ${settle} s${unasked}`);
			return { revision: after?.revision };
		}
		if (resets === mostResets) throw resetSoonAfter();
		note(context, 'it restarted once more, as after an image switch: the watch starts again');
	}
}

/** Throws what is wrong for good, and returns what an image switch may still mend. */
function judge(
	after: Settings,
	wanted: Versions,
	before: Settings,
	context: FlashContext,
): Problem | undefined {
	for (const change of changes(before, after)) note(context, change);
	if (after.mismatch !== undefined) return preferenceMismatch(after, wanted);
	const wrong = unlike(after, wanted);
	if (wrong) throw notAsTheFile(wrong);
	return undefined;
}

/** An application that has just come may not answer yet; undefined when it has no port for that, or goes. */
async function ask(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
): Promise<Settings | undefined> {
	const { clock, stop } = context;
	const number = usb.device?.number;
	const deadline = clock.now() + answerWait;
	while (clock.now() < deadline && !stop.aborted) {
		if (usb.device?.number !== number || !canBeAsked(usb.device)) return undefined;
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
