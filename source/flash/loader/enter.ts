/** From whatever the modem does to its boot loader: by AT!BOOTHOLD, in a window of two seconds if need be. */

import { commandAction } from '../../at/armed/actions.ts';
import { Armed } from '../../at/armed/armed.ts';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { isLoader, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import { bootHoldRefused, loaderDidNotCome } from '../model/outcomes/loader.ts';
import { readSettings, type Settings } from '../model/settings.ts';

/** Seconds for a window of a modem that loops, and for its loader after AT!BOOTHOLD. */
export const windowWait = 120;

/** Returns when the boot loader holds, with what the modem said before. Throws a Problem, with nothing written, when it does not come to that. */
export async function enterLoader(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
): Promise<Settings> {
	if (isLoader(usb.device)) return {};
	stopIfRequested(context);
	phase(context, 'connect', 'running', 'bringing the modem to its boot loader');
	const runs = usb.device && modeOf(usb.device) === 'application';
	const before = runs ? await saveSettings(host, usb, context) : {};
	await bootHold(host, usb, context);
	stopIfRequested(context);
	if (isLoader(usb.device)) return before;
	throw loaderDidNotCome(context.ways, windowWait);
}

/** What undoes a flash, and what it is held against afterwards. A modem that does not say it is flashed all the same. */
async function saveSettings(host: Host, usb: PortWatch, context: FlashContext): Promise<Settings> {
	try {
		const settings = await readSettings(host, usb.device, context);
		if (settings.revision) return settings;
		note(context, 'its settings could not be saved: it answers no AT');
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		note(context, `its settings could not be saved: ${error.message}`);
	}
	return {};
}

async function bootHold(host: Host, usb: PortWatch, context: FlashContext): Promise<void> {
	const done = new AbortController();
	let refused: string | undefined;
	const listen: Emit = (source, fact) => {
		context.emit(source, fact);
		if (fact.type !== 'fired' || !/ERROR/.test(fact.result)) return;
		refused = fact.result;
		done.abort();
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
	if (refused === undefined || isLoader(usb.device)) return;
	throw bootHoldRefused(context.ways, refused);
}
