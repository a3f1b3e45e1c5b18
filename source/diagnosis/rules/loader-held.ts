import type { Product } from '../../modems/product.ts';
import { wayOut } from '../../modems/ways-in.ts';
import { isModem, modeOf } from '../../usb/device/modes.ts';
import { BoundedMap } from '../evidence/bounded-map.ts';
import { productOfPort } from '../evidence/product-at.ts';
import { type FindingText, onTime, type Rule } from '../evidence/rule.ts';
import { resetsOf } from './boot-loop.ts';

/** A loader that stays longer than a boot loop's modem is held, seconds. */
const longerThanALoop = 10;
/** After a BOOTHOLD it is known what to expect: just let its interfaces appear, seconds. */
const afterBootHold = 1;
/** A BOOTHOLD that has done nothing in this time has done nothing, seconds. */
const bootHoldCounts = 60;

/** Early resets in a row from which on a Sierra loader holds by itself (LK BLERRTHRESHOLD_FASTBOOT is 6). */
const manyResets = 3;

const reference =
	'libqmi qfu-helpers-udev.c (bNumInterfaces 1); techship FAQ; legatoproject lk sierra_bl.c';

function words({ asked, resets, product, evidence }: Held): FindingText {
	const bySmartErrors = resets >= manyResets;
	const steps = [
		'Flash it: modemscope flash FILE. Do not open its port with another program first: the modem sends HELLO only once.',
		`Or leave the loader: modemscope leave. If it comes back: ${wayOut(product)}.`,
	];
	return {
		title: bySmartErrors
			? `The boot loader holds after ${resets} resets in a row`
			: 'The boot loader holds: one interface, and it stays',
		means: meaning(asked, bySmartErrors, product),
		next: bySmartErrors
			? [...steps, 'Look for what reset it, its power supply first: it will come to this again.']
			: steps,
		certainty: asked ? 'proven' : 'likely',
		reference,
		evidence,
	};
}

function meaning(asked: boolean, bySmartErrors: boolean, product: Product | undefined): string {
	const { pin, needs } = product?.waysIn ?? {};
	const held = [pin && `${pin.name} held ${pin.held}`, needs && `no ${needs}`].filter(Boolean);
	const causes = held.length > 0 ? held.join(' or ') : 'A boot pin that is set';

	if (asked) {
		return 'AT!BOOTHOLD worked: the modem waits in its loader for a download. It has no AT port and no network until it is flashed or power-cycled.';
	}
	return bySmartErrors
		? 'The modem ended the loop itself: after six early resets its loader waits for a download (Smart Error Detection). No update need have gone before.'
		: `The modem waits in its loader for a download. ${causes} does this, and so does the modem itself after six resets in a row.`;
}

type Held = {
	since: number;
	asked: boolean;
	/** Early resets that went before. */
	resets: number;
	product: Product | undefined;
	id: string;
	lineNumber: number | undefined;
	/** What brought it there. */
	evidence: NonNullable<FindingText['evidence']>;
};

/** Whether it stays, a log that ends does not tell, and a list never does. */
const atTheEnd = ({ id, product, lineNumber }: Held): FindingText => ({
	title: `In its boot loader when the log ends: ${id}`,
	means:
		'By its id or its one interface it is the loader, which has no AT port and no network. Whether it holds there, the log does not tell any more.',
	next: [
		'Look whether it is still there: lsusb, or modemscope watch --list.',
		'If it holds, flash it: modemscope flash FILE. Open its port with nothing else first: the modem sends HELLO only once.',
		`Or leave the loader: ${wayOut(product)}.`,
	],
	certainty: 'possible',
	reference,
	...(lineNumber === undefined ? {} : { lines: [lineNumber] }),
});

const read = [
	'at-sent',
	'fired',
	'flash-started',
	'flash-ended',
	'usb-came',
	'usb-changed',
	'usb-went',
] as const;

export function loaderHeld(): Rule {
	const held = new BoundedMap<string, Held>();
	let bootHoldAt = Number.NEGATIVE_INFINITY;
	let flashing = false;
	const waits = () => held.size > 0;
	return onTime(read, waits, ({ t, event, timeline, ended }) => {
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
				const port = timeline.port(device.path, t);
				const asked = t - bootHoldAt < bootHoldCounts;
				const resets = port?.resets ?? 0;
				held.set(device.path, {
					since: t,
					asked,
					resets,
					evidence: [
						...(port && resets >= manyResets ? resetsOf(port) : []),
						...(asked ? [{ t: bootHoldAt, says: 'AT!BOOTHOLD was sent' }] : []),
						{ t, says: `its loader came at ${device.path}` },
					],
					product: port && productOfPort(port),
					id: /^\?/.test(device.vid) ? device.path : `${device.vid}:${device.pid}`,
					lineNumber: event.lineNumber,
				});
			}
		}
		for (const [path, modem] of held) {
			const isHeld = t - modem.since >= (modem.asked ? afterBootHold : longerThanALoop);
			if (!isHeld && !ended) continue;
			held.delete(path);
			return { ...(isHeld ? words(modem) : atTheEnd(modem)), path };
		}
		return undefined;
	});
}
