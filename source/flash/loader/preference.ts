/**
 * The way into the loader that libqmi takes from a running application: the firmware preference is set
 * to what the files bring, and the modem restarts to be given it. Where it knows no preference it is
 * told to hold (qfu-updater.c, qfu-reseter.c).
 */
import type { Emit, UsbDevice } from '../../events.ts';
import type { Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { LinkLost } from '../../link/link.ts';
import { Problem } from '../../problem.ts';
import {
	bootHold,
	imagesOf,
	imagesText,
	prefer,
	readRunning,
	restart,
} from '../../qmi/firmware.ts';
import { qmiPort, withQmi } from '../../qmi/port.ts';
import { modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note } from '../model/context.ts';
import type { Preference } from '../model/outcomes/loader.ts';

/** Seconds for an application to come back to have its preference again. */
const returnWait = 60;

/** It restarts into its loader, `preference` changed or not; or why it could not be asked to. */
export type AskedOverQmi =
	| { readonly restarts: true; readonly preference?: Preference }
	| { readonly restarts: false; readonly why: string };

export async function askOverQmi(
	host: Host,
	device: UsbDevice | undefined,
	wanted: Versions | undefined,
	context: FlashContext,
): Promise<AskedOverQmi> {
	const port = device && qmiPort(device);
	if (!port) return { restarts: false, why: 'it has no QMI or MBIM port' };
	const { firmware, carrier, config } = wanted ?? {};
	const now =
		firmware && carrier && config
			? imagesOf(firmware.value, carrier.value, config.value)
			: undefined;
	try {
		return await withQmi(host, port, context.emit, async (client) => {
			const { preferred: before } = await readRunning(client);
			if (!now || !before) {
				note(context, `asking it over ${port.over} to hold in its boot loader`);
				const error = await bootHold(client);
				return error === undefined ? { restarts: true } : { restarts: false, why: error };
			}
			note(context, `setting its firmware preference over ${port.over}: ${imagesText(now)}`);
			const preference = { before, now };
			const asks = await prefer(client, now, { download: true });
			if (typeof asks === 'string') return { restarts: false, why: asks };
			const error = await restart(client);
			if (error === undefined) return { restarts: true, preference };
			await prefer(client, before, { download: false });
			return { restarts: false, why: error };
		});
	} catch (error) {
		if (error instanceof Problem || error instanceof LinkLost) {
			return { restarts: false, why: error.message.replace(/\.$/, '') };
		}
		throw error;
	}
}

/**
 * Gives a modem that was not flashed its old preference, or its next start is in low power. Returns
 * whether it has it again: a loader that holds has to be left first.
 */
export async function restorePreference(
	host: Host,
	usb: PortWatch,
	{ before }: Preference,
	emit: Emit,
): Promise<boolean> {
	const runs = (device: UsbDevice | undefined) => !!device && modeOf(device) === 'application';
	if (!(await usb.until(runs, returnWait))) return false;
	const port = usb.device && qmiPort(usb.device);
	if (!port) return false;
	try {
		const error = await withQmi(host, port, emit, (client) =>
			prefer(client, before, { download: false }),
		);
		if (typeof error === 'string') return false;
		emit('flash', { type: 'note', text: `its firmware preference is ${imagesText(before)} again` });
		return true;
	} catch (error) {
		if (error instanceof Problem || error instanceof LinkLost) return false;
		throw error;
	}
}
