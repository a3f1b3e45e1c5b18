import type { Product } from '../../modems/product.ts';
import { wayIn } from '../../modems/ways-in.ts';
import { numberOf } from '../../protocol/fields.ts';
import { PerBootState } from '../evidence/per-boot-state.ts';
import { productAt } from '../evidence/product-at.ts';
import type { FindingText, Rule } from '../evidence/rule.ts';

const endImage = 0x04;
const execute = 0x0d;
const switchToFirehose = 0xff00;
const commandUnsupported = 0x1f;

const words = (product: Product | undefined): FindingText => ({
	title: 'The loader refuses to switch to Firehose',
	means:
		'It answered EXECUTE 0xff00 with END_IMAGE_TX, status 0x1f: EXEC_CMD_UNSUPPORTED. A Sierra loader does so when it was sent something before its HELLO was answered. Nothing was written.',
	next: [
		`Start the loader afresh: ${wayIn(product)}.`,
		'Keep other programs off the port: stop ModemManager.',
		'Run modemscope flash again: it listens before it sends.',
	],
	certainty: 'proven',
	reference: 'libqmi qfu-sahara-device.c; libqmi-devel 2018-March/002779',
});

export function refusedFirehose(): Rule {
	const states = new PerBootState(() => ({ asked: false }));
	return (moment) => {
		const { event, frames } = moment;
		if (event) states.add(event);
		for (const { port, dir, protocol, fields } of frames) {
			if (protocol !== 'Sahara') continue;
			const command = numberOf(fields, 'command');
			const state = states.of(port);
			if (dir === 'out') {
				if (command === execute) state.asked = numberOf(fields, 'execute') === switchToFirehose;
				continue;
			}
			if (command !== endImage || !state.asked) continue;
			state.asked = false;
			if (numberOf(fields, 'status') === commandUnsupported) return words(productAt(moment, port));
		}
		return undefined;
	};
}
