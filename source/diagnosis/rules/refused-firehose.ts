import type { Product } from '../../modems/product.ts';
import { wayIn } from '../../modems/ways-in.ts';
import { numberOf } from '../../protocol/fields.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import { BoundedMap } from '../evidence/bounded-map.ts';
import { bootEvents, PerBootState } from '../evidence/per-boot-state.ts';
import { productAt } from '../evidence/product-at.ts';
import { type FindingText, onFrames, type Rule } from '../evidence/rule.ts';

const helloResponse = 0x02;
const endImage = 0x04;
const execute = 0x0d;
const switchToFirehose = 0xff00;
const commandUnsupported = 0x1f;
/** Seconds from the opening of the port that libqmi lets pass before it answers HELLO. */
const quietAfterOpen = 2;

const words = (product: Product | undefined, waited: number | undefined): FindingText => ({
	title: 'The loader refuses to switch to Firehose',
	means: `It answered EXECUTE 0xff00 with END_IMAGE_TX, status 0x1f: EXEC_CMD_UNSUPPORTED. ${cause(waited)} Nothing was written.`,
	next: [
		`Start the loader afresh: ${wayIn(product)}.`,
		'Keep other programs off the port: stop ModemManager.',
		'Run modemscope flash again: it listens before it sends.',
	],
	certainty: 'likely',
	reference: 'libqmi qfu-sahara-device.c; libqmi-devel 2018-March/002779',
});

function cause(waited: number | undefined): string {
	if (waited === undefined) {
		return 'A Sierra loader does so when it was sent something before its HELLO was answered, or was answered within 2 s.';
	}
	const answered = `HELLO was answered ${waited.toFixed(1)} s after the port was opened:`;
	return waited < quietAfterOpen
		? `${answered} a Sierra loader wants 2 s for that (libqmi).`
		: `${answered} that is late enough, so something else was sent to it before.`;
}

type Evidence = NonNullable<FindingText['evidence']>;
type State = {
	asked: boolean;
	waited: number | undefined;
	/** The frame that answered HELLO, and the one that asked for Firehose. */
	answered: Evidence;
	execute: Evidence;
};

const frameEvidence = ({ t, number }: TrafficFrame, says: string): Evidence => [
	{ t, says: `frame ${number}: ${says}`, frame: number },
];

export function refusedFirehose(): Rule {
	const states = new PerBootState(
		(): State => ({ asked: false, waited: undefined, answered: [], execute: [] }),
	);
	/** When each port was opened last. */
	const opened = new BoundedMap<string, number>();
	return onFrames([...bootEvents, 'port-opened'], (moment) => {
		const { event, frames } = moment;
		if (event) states.add(event);
		if (event?.type === 'port-opened') opened.set(event.port, event.t);
		for (const frame of frames) {
			const { t, port, dir, protocol, fields } = frame;
			if (protocol !== 'Sahara') continue;
			const command = numberOf(fields, 'command');
			const state = states.of(port);
			if (dir === 'out') {
				const since = opened.get(port);
				if (command === helloResponse && since !== undefined) state.waited = t - since;
				if (command === helloResponse) state.answered = frameEvidence(frame, 'HELLO was answered');
				if (command === execute) {
					state.asked = numberOf(fields, 'execute') === switchToFirehose;
					state.execute = frameEvidence(frame, 'it was asked to switch to Firehose');
				}
				continue;
			}
			if (command !== endImage || !state.asked) continue;
			state.asked = false;
			if (numberOf(fields, 'status') === commandUnsupported) {
				const { waited, answered, execute } = state;
				const refused = frameEvidence(frame, 'it refused, status 0x1f');
				const evidence = [...answered, ...execute, ...refused];
				return { ...words(productAt(moment, port), waited), evidence };
			}
		}
		return undefined;
	});
}
