/** AT!BOOTHOLD as an armed action: what shows that it has worked, and why it may not work. */
import type { UsbDevice } from '../../events.ts';
import { productOfDevice } from '../../usb/device/model.ts';
import { modeOf } from '../../usb/device/modes.ts';

/** An application that crashes between its OK and its reset has forgotten AT!BOOTHOLD. */
export const held = {
	says: 'the boot loader is holding',
	isIn: (device: UsbDevice) => modeOf(device) === 'loader',
};

/** So many OK without a loader are no accident. */
const inVain = 2;

/**
 * What a person is told: of a refusal, and of a modem that says OK and comes back as its application.
 * SWI9X30C_00.08.02.00, a Dell DW5811e's, has no AT!BOOTHOLD; FASTENUMEN 2 and 3 skip the loader
 * (danielewood/sierra-wireless-modems README and autoflash-7455.sh).
 */
export function explainHold(device: UsbDevice, results: readonly string[]): string | undefined {
	const last = results.at(-1) ?? '';
	const isFirst = results.filter((result) => /ERROR/.test(result)).length === 1;
	if (/ERROR/.test(last)) {
		return isFirst
			? 'AT!BOOTHOLD was refused: this firmware may not have it. Ask over QMI instead: qmi-firmware-update --reset.'
			: undefined;
	}
	if (last !== 'OK' || results.filter((result) => result === 'OK').length !== inVain) {
		return undefined;
	}
	const needs = productOfDevice(device)?.waysIn?.needs;
	const cause = needs ? `It needs ${needs}.` : 'FASTENUMEN 2 or 3 (AT!CUSTOM?) skips the loader.';
	return `AT!BOOTHOLD was answered with OK ${inVain} times, and no loader came. ${cause}`;
}
