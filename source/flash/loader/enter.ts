/** From whatever the modem does to its boot loader: by AT!BOOTHOLD, in a window of two seconds if need be. */

import { commandAction } from '../../at/armed/actions.ts';
import { Armed } from '../../at/armed/armed.ts';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { atNode, isLoader, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import {
	bootHoldRefused,
	doesNotHold,
	loaderDidNotCome,
	notAskedOverQmi,
	type Preference,
} from '../model/outcomes/loader.ts';
import { readSettings, type Settings } from '../model/settings.ts';
import { askOverQmi } from './preference.ts';

/** Seconds for a window of a modem that loops, and for its loader after AT!BOOTHOLD. */
export const windowWait = 120;
/** Seconds for a modem that was asked over QMI to be in its loader; libqmi waits as long as for any. */
const restartWait = 60;
/** After so many OKs to AT!BOOTHOLD without a loader there is none to come. */
const mostHolds = 4;

/**
 * Returns when the boot loader holds, with what the modem said before. An application that answers is
 * asked over QMI, to be given what is `wanted`; any other is caught in its window. Throws a Problem, with
 * nothing written, when it does not come to that.
 */
export async function enterLoader(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
	{
		wanted,
		changed = () => {},
	}: { wanted?: Versions; changed?: (preference: Preference) => void } = {},
): Promise<Settings> {
	if (isLoader(usb.device)) return {};
	stopIfRequested(context);
	phase(context, 'connect', 'running', 'bringing the modem to its boot loader');
	const runs = usb.device && modeOf(usb.device) === 'application';
	const before = runs ? await saveSettings(host, usb, context) : {};
	if (before.revision !== undefined && (await restarts(host, usb, wanted, changed, context))) {
		return before;
	}
	await bootHold(host, usb, context);
	stopIfRequested(context);
	if (isLoader(usb.device)) return before;
	throw loaderDidNotCome(context.ways, windowWait);
}

async function restarts(
	host: Host,
	usb: PortWatch,
	wanted: Versions | undefined,
	changed: (preference: Preference) => void,
	context: FlashContext,
): Promise<boolean> {
	const asked = await askOverQmi(host, usb.device, wanted, context);
	if (!asked.restarts) {
		if (usb.device && modeOf(usb.device) === 'application' && !atNode(usb.device)) {
			throw notAskedOverQmi(context.ways, asked.why);
		}
		note(context, `it is not asked over QMI: ${asked.why}`);
		return false;
	}
	if (asked.preference) changed(asked.preference);
	const came = await usb.until(isLoader, restartWait, context.stop);
	stopIfRequested(context);
	if (!came) note(context, 'it restarted, and not in its boot loader');
	return came;
}

/** What undoes a flash, and what it is held against afterwards. A modem that does not say it is flashed all the same. */
async function saveSettings(host: Host, usb: PortWatch, context: FlashContext): Promise<Settings> {
	try {
		const settings = await readSettings(host, usb.device, context);
		if (settings.revision) return settings;
		note(context, 'its settings could not be saved: it answers neither AT nor QMI');
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		note(context, `its settings could not be saved: ${error.message}`);
	}
	return {};
}

async function bootHold(host: Host, usb: PortWatch, context: FlashContext): Promise<void> {
	const done = new AbortController();
	let refused: string | undefined;
	let holds = 0;
	const listen: Emit = (source, fact) => {
		context.emit(source, fact);
		if (fact.type !== 'fired') return;
		if (fact.result === 'OK') holds += 1;
		if (/ERROR/.test(fact.result)) refused = fact.result;
		if (refused !== undefined || holds >= mostHolds) done.abort();
	};
	stopIfRequested(context);
	const armed = new Armed(host, usb.path, commandAction('AT!BOOTHOLD', host), listen, () => {});
	// A modem that came back at its other speed has another path; it is the same connector.
	const offer = (device: UsbDevice) => armed.offer({ ...device, path: usb.path });
	const stopOffering = usb.onChange(offer);
	try {
		if (usb.device) offer(usb.device);
		const either = AbortSignal.any([done.signal, context.stop]);
		await usb.until(isLoader, windowWait, either);
	} finally {
		stopOffering();
		armed.cancel();
	}
	if (isLoader(usb.device)) return;
	if (refused !== undefined) throw bootHoldRefused(context.ways, refused);
	if (holds >= mostHolds) throw doesNotHold(context.ways, holds);
}
