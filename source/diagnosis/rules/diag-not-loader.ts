import type { Product } from '../../modems/product.ts';
import { waysIn } from '../../modems/ways-in.ts';
import { bootEvents, PerBootState } from '../evidence/per-boot-state.ts';
import { productAt } from '../evidence/product-at.ts';
import { type FindingText, onFrames, type Rule } from '../evidence/rule.ts';

/** QCDM's BAD_CMD, 19 (ModemManager libqcdm/src/dm-commands.h). */
const badCommand = 0x13;

const words = (product: Product | undefined): FindingText => ({
	title: 'The port is DIAG, not a loader: it answered the download probe with 0x13',
	means:
		'0x13 is how a DIAG port says that it does not know a command. The modem runs its application and is not in download mode.',
	next: [
		'Look at the USB view: several interfaces mean the application, one means the loader.',
		...waysIn(product),
		'Start the flash as soon as the one interface is there.',
	],
	certainty: 'proven',
	reference: 'ModemManager dm-commands.h; libqmi-devel 002584',
});

/** It need not stand before an answer. */
const hdlcFlag = 0x7e;

export function diagNotLoader(): Rule {
	const states = new PerBootState(() => ({ probed: false, told: false }));
	/** The bytes told it; the tool's own words come behind them. */
	let isTold = false;
	return onFrames([...bootEvents, 'note'], (moment) => {
		const { event, frames } = moment;
		if (event) states.add(event);
		if (event?.type === 'note') {
			// libqmi prints "received"; a patched or older one may not.
			const isSaid = /unexpected response (?:received )?in dload sdp: 0x1[3458]\b/.test(event.text);
			if (!isSaid) return undefined;
			const isNew = !isTold;
			isTold = false;
			return isNew ? words(productAt(moment)) : undefined;
		}
		for (const { port, dir, name, protocol, bytes } of frames) {
			const state = states.of(port);
			if (dir === 'out') state.probed = name === 'SDP';
			const command = bytes[0] === hdlcFlag ? bytes[1] : bytes[0];
			const refused = dir === 'in' && protocol === 'DIAG' && command === badCommand;
			if (!refused || !state.probed || state.told) continue;
			state.told = true;
			isTold = true;
			return words(productAt(moment, port));
		}
		return undefined;
	});
}
