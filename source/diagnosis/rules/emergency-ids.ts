/** Ids of Qualcomm's own loaders: they say by themselves that the modem's loader is not running. */
import type { UsbDevice } from '../../events.ts';
import type { Mode } from '../../modems/product.ts';
import { modeOf } from '../../usb/device/modes.ts';
import { type FindingText, on, type Rule } from '../evidence/rule.ts';

const whenItComesAs = (mode: Mode, words: FindingText) => (): Rule =>
	on(['usb-came'], ({ event: { device } }) =>
		modeOf(device) === mode
			? { ...words, title: `${words.title}: ${idOf(device)}`, path: device.path }
			: undefined,
	);

const idOf = ({ vid, pid }: UsbDevice) => `${vid}:${pid}`;

export const edl = whenItComesAs('edl', {
	title: 'Emergency download (EDL)',
	means:
		'The chip runs the loader in its ROM: it found no usable boot loader in flash, or was told to by a pin or a command. It accepts only a programmer that its maker has signed; for Sierra’s modems none is public.',
	next: [
		'Power-cycle the modem once: a contact on its test points can cause this too.',
		'If it comes back the same, it needs its maker’s programmer and images, or goes to the maker (RMA).',
		'With those: modemscope flash rawprogram0.xml --programmer FILE.',
	],
	certainty: 'proven',
	reference: 'bkerler/edl; Sierra forum 10939; libqmi-devel 002006',
});

export const memoryDump = whenItComesAs('memory dump', {
	title: 'Memory dump',
	means: 'The modem has crashed and waits for its memory to be read. Its firmware is in place.',
	next: [
		'If the maker asked for a dump, take it first: a reset loses it.',
		'Power-cycle the modem.',
		'When it is back, AT!EROPTION=1 lets it restart by itself after a crash.',
	],
	certainty: 'proven',
	reference: 'bkerler/edl, linux-msm/qdl',
});
