/**
 * HELLO with mode 2 (MEMORY_DEBUG) has two meanings: unasked for it is a crash; as the answer to
 * bytes that the loader did not understand it is only how a Sierra loader says so. Which bytes were
 * sent since the modem started tells them apart, also those of an earlier opening of the port.
 */
import type { Product } from '../../modems/product.ts';
import { wayIn } from '../../modems/ways-in.ts';
import { numberOf } from '../../protocol/fields.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import { bootEvents, PerBootState } from '../evidence/per-boot-state.ts';
import { productAt } from '../evidence/product-at.ts';
import { type FindingText, onFrames, type Rule } from '../evidence/rule.ts';

type PortState = {
	openedAt: number | undefined;
	/** The first frame that we sent that is not Sahara's, by name. */
	junk: string | undefined;
	/** We waited in vain before it. */
	waited: boolean;
	/** Bytes went out, also such as made no frame. */
	sent: boolean;
	spokeSahara: boolean;
	heard: boolean;
	told: boolean;
	/** When the port was opened, and what was sent first that is not Sahara's. */
	evidence: NonNullable<FindingText['evidence']>;
};
const begin = (): PortState => ({
	openedAt: undefined,
	junk: undefined,
	waited: false,
	sent: false,
	spokeSahara: false,
	heard: false,
	told: false,
	evidence: [],
});

/** A loader says HELLO within this time, seconds (libqmi waits 2 and then 3). */
const helloComesWithin = 2;

const isModeTwoHello = ({ dir, protocol, fields }: TrafficFrame) =>
	dir === 'in' &&
	protocol === 'Sahara' &&
	numberOf(fields, 'command') === 1 &&
	numberOf(fields, 'mode') === 2;

const read = [...bootEvents, 'port-opened', 'payload', 'bytes'] as const;

/** Calls `judge` at each first HELLO with mode 2 of a state, with what went before it. */
function atModeTwoHello(
	judge: (state: PortState, product: Product | undefined) => FindingText | undefined,
): Rule {
	const states = new PerBootState(begin);
	return onFrames(read, (moment) => {
		const { event, frames } = moment;
		if (event) states.add(event);
		if (event?.type === 'port-opened') noteOpened(states.of(event.port), event);
		if (event?.type === 'payload' || (event?.type === 'bytes' && event.dir === 'out')) {
			states.of(event.port).sent = true;
		}
		let words: FindingText | undefined;
		for (const frame of frames) {
			const state = states.of(frame.port);
			if (isModeTwoHello(frame) && !state.told) {
				const text = judge(state, productAt(moment, frame.port));
				const answer = frameEvidence(frame, 'answered with HELLO mode 2');
				if (text) words = { ...text, evidence: [...state.evidence, answer] };
				state.told = true;
			}
			noteFrame(state, frame);
		}
		return words;
	});
}

function noteOpened(state: PortState, { t, port }: { t: number; port: string }): void {
	if (state.openedAt !== undefined) return;
	state.openedAt = t;
	state.evidence.push({ t, says: `${port} was opened` });
}

const frameEvidence = ({ t, number }: TrafficFrame, did: string) => ({
	t,
	says: `frame ${number}: ${did}`,
	frame: number,
});

function noteFrame(state: PortState, frame: TrafficFrame): void {
	if (frame.dir === 'in') {
		state.heard = true;
		return;
	}
	if (frame.protocol === 'Sahara') state.spokeSahara = true;
	if (frame.protocol === 'Sahara' || state.junk !== undefined) return;
	state.junk = frame.protocol === 'AT' ? 'an AT command' : `the ${frame.name} probe`;
	state.evidence.push(frameEvidence(frame, `sent ${state.junk}`));
	const silence = frame.t - (state.openedAt ?? frame.t);
	state.waited = !state.heard && silence >= helloComesWithin;
}

const missed = (
	junk: string,
	certainty: FindingText['certainty'],
	product: Product | undefined,
): FindingText => ({
	title: `HELLO was missed: the loader answered ${junk} with HELLO mode 2`,
	means: `The loader speaks Sahara. Its HELLO was missed; ${junk} was junk to it, and provoked the HELLO with mode 2. It does not mean that the modem crashed.`,
	next: [
		`Start its loader afresh: ${wayIn(product)}.`,
		'Open the port before the modem starts, and listen before anything is sent: HELLO comes once.',
		'Run modemscope flash: it listens first. If it gets no HELLO, it sends HELLO_RSP, mode 3, without one.',
	],
	certainty,
	reference: 'RC7620 field case 2023-06-01; libqmi-devel 2018-March/002779',
});

/** Also for logs that have the messages of a tool and not the bytes. */
export function missedHello(): Rule {
	let toldSinceSilence = false;
	let silent = false;
	const byBytes = atModeTwoHello(({ junk, waited, sent, spokeSahara }, product) => {
		if (junk !== undefined) return missed(junk, waited ? 'proven' : 'likely', product);
		return sent && !spokeSahara ? missed('what was sent to it', 'likely', product) : undefined;
	});
	return onFrames([...read, 'note'], (moment) => {
		const words = byBytes(moment);
		if (words) toldSinceSilence = true;
		if (moment.event?.type !== 'note') return words;
		const { text } = moment.event;
		if (text.includes('no sahara response received')) {
			silent = true;
			toldSinceSilence = false;
		}
		const junk = text.includes('HDLC trailing control character not found');
		if (!junk || !silent || toldSinceSilence) return words;
		toldSinceSilence = true;
		return missed('the SDP probe', 'likely', productAt(moment));
	});
}

export const crashDump = (): Rule =>
	atModeTwoHello(({ sent }) =>
		sent
			? undefined
			: {
					title: 'Crash dump: the loader says HELLO mode 2 unasked',
					means:
						'The modem has crashed and offers its memory to be read. It stays so until it is reset, because its EROPTION is 0. If another program has sent something to this port before, it may be that answer instead.',
					next: [
						'If the maker asked for a dump, take it first: a reset loses it.',
						'Reset it: power-cycle the modem, or send Sahara RESET.',
						'When it is back, AT!EROPTION=1 lets it restart by itself after a crash.',
					],
					certainty: 'likely',
					reference: 'edl issues 405, 404, 505; libqmi-devel 002567',
				},
	);
