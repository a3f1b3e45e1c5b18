import { isModem, modeOf } from '../../usb/modes.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Rule, Words } from '../rule.ts';

/** A loader that stays longer than a boot loop's life is held, seconds. */
const longerThanALoop = 10;
/** After a BOOTHOLD it is known what to expect: just let its interfaces appear, seconds. */
const afterBootHold = 1;
/** A BOOTHOLD that has done nothing in this time has done nothing, seconds. */
const bootHoldCounts = 60;

const words = (asked: boolean): Words => ({
	title: 'The boot loader holds: one interface, and it stays',
	means: asked
		? 'AT!BOOTHOLD worked: the modem waits in its loader for a download. It has no AT port and no network until it is flashed or power-cycled.'
		: 'The modem waits in its loader for a download. TP1 held low does this, and so does the modem itself after six resets in a row.',
	next: [
		'Flash it: modemscope flash FILE. Send nothing else to its port before: HELLO comes once.',
		'Or power-cycle it to leave the loader.',
	],
	certainty: asked ? 'proven' : 'likely',
	reference: 'libqmi qfu-helpers-udev.c (bNumInterfaces 1); techship FAQ; rule R11',
});

type Held = { since: number; asked: boolean };

export function loaderHeld(): Rule {
	const held = new BoundedMap<string, Held>();
	let bootHoldAt = Number.NEGATIVE_INFINITY;
	let flashing = false;
	return ({ t, event }) => {
		switch (event?.type) {
			case 'at-sent':
			case 'fired':
				if (/^at!boothold$/i.test(event.command.trim())) bootHoldAt = t;
				break;
			case 'flash-started':
				flashing = true;
				held.clear();
				break;
			case 'flash-ended':
				flashing = false;
				break;
			case 'usb-went':
				held.delete(event.path);
				break;
			case 'usb-changed':
				if (modeOf(event.device) !== 'loader') held.delete(event.device.path);
				break;
			case 'usb-came': {
				const { device } = event;
				if (flashing || !isModem(device) || modeOf(device) !== 'loader') break;
				held.set(device.path, { since: t, asked: t - bootHoldAt < bootHoldCounts });
			}
		}
		for (const [path, { since, asked }] of held) {
			if (t - since < (asked ? afterBootHold : longerThanALoop)) continue;
			held.delete(path);
			return words(asked);
		}
		return undefined;
	};
}
