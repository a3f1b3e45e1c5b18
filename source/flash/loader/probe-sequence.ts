/**
 * The order in which a silent loader is asked. Listening comes first, because a Sierra loader says
 * HELLO once and takes whatever is sent before it for junk. SDP, which opens QDL, spoils a Sahara
 * loader: it comes first only where the chip is known to speak QDL, and never where it is known not
 * to. A 9x30 that was sent to its loader by preference leaves it after 5 s (forum.sierrawireless.com
 * 17723): an unknown chip is asked with SDP before that, and after a blind HELLO_RSP, which a QDL
 * loader passes over. docs/flash.md tells what of this is proven where.
 */
import type { LoaderProtocol } from '../../modems/product.ts';
import { dloadMessages, encodeSwitchToSdp } from '../../protocol/dload/dload.ts';
import { encode, replyTimeout } from '../../protocol/fields.ts';
import { firehoseDocument } from '../../protocol/firehose/firehose.ts';
import { helloTimeout } from '../../protocol/sahara/messages.ts';
import {
	encodeHelloResponse,
	encodeImageTransfer,
	encodeSwitchMode,
	saharaMessages,
} from '../../protocol/sahara/sahara.ts';
import type { Protocol } from '../model/protocol.ts';

export type Probe = {
	readonly why: string;
	/** Nothing where it only listens. */
	readonly send?: Buffer;
	/** How long an answer may take. */
	readonly seconds: number;
};

/** Seconds for a word of a port that may speak another protocol. */
export const probeTimeout = 3;
const shortTimeout = 1;

const listen: Probe = {
	why: 'listening: a loader says HELLO first, and once',
	seconds: helloTimeout,
};
const listenBriefly: Probe = { why: 'listening for what may still be said', seconds: shortTimeout };
/** Where the loader may be one that leaves after 5 s. */
const listenShortly: Probe = { ...listen, seconds: probeTimeout };
const blindResponse: Probe = {
	why: 'no HELLO: answering blind with HELLO_RSP mode 3',
	send: encodeHelloResponse(),
	seconds: replyTimeout(saharaMessages.helloResponse),
};
const switchMode: Probe = {
	why: 'still silent: asking with SWITCH_MODE 3',
	send: encodeSwitchMode(),
	seconds: replyTimeout(saharaMessages.switchMode),
};
const nop: Probe = {
	why: 'asking with a Firehose NOP: Firehose may run already',
	send: firehoseDocument('NOP', { value: 'ping' }),
	seconds: probeTimeout,
};
export const sdp: Probe = {
	why: 'asking for QDL with SDP',
	send: encodeSwitchToSdp(),
	seconds: replyTimeout(dloadMessages.switchToSdp),
};

/** Nothing is lost any more: it only tells an AT port from a loader that is stuck. */
const at: Probe = {
	why: 'asking with AT: it may be no loader at all',
	send: Buffer.from('AT\r'),
	seconds: shortTimeout,
};

/** Out of whatever state another one left it in: a loader that answers comes again and says HELLO. */
const reset: Probe = {
	why: 'still silent: asking for a reset; RESET writes nothing',
	send: encode(saharaMessages.reset),
	seconds: replyTimeout(saharaMessages.reset),
};

/**
 * The chip's emergency loader, or a programmer that was started before: that one finds no XML in a
 * HELLO_RSP and says so, as qdl counts on.
 */
export const emergencyProbes: readonly Probe[] = [
	listen,
	{
		why: 'no HELLO: answering blind with HELLO_RSP mode 0',
		send: encodeImageTransfer(),
		seconds: replyTimeout(saharaMessages.helloResponse),
	},
	nop,
];

/** The probes for what a person asked for and what the chip is known to speak. */
export function probeSequence(
	protocol: Protocol,
	loaderProtocol: LoaderProtocol | undefined,
): readonly Probe[] {
	switch (protocol) {
		case 'sahara':
			return [listen, blindResponse, switchMode, reset];
		case 'firehose':
			return [listenBriefly, nop];
		case 'qdl':
			return [listenBriefly, sdp];
		default:
	}
	if (loaderProtocol === 'qdl') return [listenBriefly, sdp, switchMode, nop, at];
	return loaderProtocol === 'sahara'
		? [listen, blindResponse, switchMode, nop, at, reset]
		: [listenShortly, { ...blindResponse, seconds: shortTimeout }, sdp, switchMode, nop, at, reset];
}
