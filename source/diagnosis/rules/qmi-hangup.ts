import { waysIn } from '../../modems/ways-in.ts';
import { productAt } from '../evidence/product-at.ts';
import { on, type Rule } from '../evidence/rule.ts';

export const qmiHangup = (): Rule => {
	let told = false;
	return on(['note'], (moment) => {
		if (told || !/open QMI device: endpoint hangup/.test(moment.event.text)) return undefined;
		told = true;
		return {
			title: 'The QMI device went away while it was being opened: endpoint hangup',
			means:
				'/dev/cdc-wdm was there and vanished: the modem was resetting. When it happens again and again, it is in a boot loop, and no update through QMI can begin.',
			next: [
				'Watch it: modemscope watch names a boot loop with its times.',
				'In a loop, hold it in the boot loader:',
				...waysIn(productAt(moment)),
				'Then flash it on its tty: modemscope flash FILE.',
			],
			certainty: 'likely',
			reference: 'RC7620 field case 2023-06-01',
		};
	});
};
