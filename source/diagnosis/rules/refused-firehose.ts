import { numberOf } from '../../protocol/fields.ts';
import { readSahara, saharaMessages } from '../../protocol/sahara/sahara.ts';
import { PerBootState } from '../per-boot-state.ts';
import type { FindingText, Rule } from '../rule.ts';

const endImage = 4;
const switchToFirehose = 0xff00;
const commandUnsupported = 0x1f;

const words: FindingText = {
	title: 'The loader refuses to switch to Firehose',
	means:
		'It answered EXECUTE 0xff00 with END_IMAGE_TX, status 0x1f: EXEC_CMD_UNSUPPORTED. A Sierra loader does so when it was sent something before its HELLO was answered. Nothing was written.',
	next: [
		'Reset the loader: send Sahara RESET, or power-cycle the modem (with TP1 low on RC76, WP76, WP77).',
		'Keep other programs off the port: stop ModemManager.',
		'Run modemscope flash again: it listens before it sends.',
	],
	certainty: 'proven',
	reference: 'libqmi qfu-sahara-device.c; libqmi-devel 2018-March/002779',
};

export function refusedFirehose(): Rule {
	const states = new PerBootState(() => ({ asked: false }));
	return ({ event, frames }) => {
		if (event) states.add(event);
		if (event?.type === 'bytes' && event.dir === 'out') {
			const asks = asksForFirehose(event.hex);
			if (asks !== undefined) states.of(event.port).asked = asks;
		}
		for (const { port, dir, protocol, fields } of frames) {
			const isEnd = protocol === 'Sahara' && numberOf(fields, 'command') === endImage;
			const state = states.of(port);
			if (dir !== 'in' || !isEnd || !state.asked) continue;
			state.asked = false;
			if (numberOf(fields, 'status') === commandUnsupported) return words;
		}
		return undefined;
	};
}

/** Whether a write is the EXECUTE that asks for Firehose; undefined when it is no EXECUTE. */
function asksForFirehose(hex: string): boolean | undefined {
	const packet = readSahara(Buffer.from(hex, 'hex'));
	if (!packet || 'need' in packet || packet.message !== saharaMessages.execute) return undefined;
	return numberOf(packet.fields, 'execute') === switchToFirehose;
}
