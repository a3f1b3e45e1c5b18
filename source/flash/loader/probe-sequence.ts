/**
 * The order in which a silent loader is asked. Listening comes first, because a Sierra loader says
 * HELLO once and takes whatever is sent before it for junk. SDP, which opens QDL, spoils a Sahara
 * loader: it comes first only where the chip is known to speak QDL, and never where it is known not
 * to. A 9x30 that was sent to its loader by preference leaves it after 5 s (forum.sierrawireless.com
 * 17723): an unknown chip is asked with SDP before that, and after a blind HELLO_RSP, which a QDL
 * loader passes over. docs/flash.md tells what of this is proven where.
 */
import type { LoaderProtocol } from '../../modems/product.ts';
import { saySwitchToSdp } from '../../protocol/dload/dload.ts';
import { firehoseDocument } from '../../protocol/firehose/firehose.ts';
import { sayHelloResponse, sayImageTransfer, saySwitchMode } from '../../protocol/sahara/sahara.ts';
import type { Protocol } from '../model/protocol.ts';

export type Probe = {
	readonly why: string;
	/** Nothing where it only listens. */
	readonly send?: Buffer;
	/** How long an answer may take. */
	readonly seconds: number;
};

/** Seconds that a loader may take for HELLO, and for an answer. */
const helloWait = 5;
const answerWait = 3;
const shortWait = 1;

const listen: Probe = { why: 'listening: a loader says HELLO first, and once', seconds: helloWait };
const listenBriefly: Probe = { why: 'listening for what may still be said', seconds: shortWait };
/** Where the loader may be one that leaves after 5 s. */
const listenShortly: Probe = { ...listen, seconds: 3 };
const blindResponse: Probe = {
	why: 'no HELLO: answering blind with HELLO_RSP mode 3',
	send: sayHelloResponse(),
	seconds: answerWait,
};
const switchMode: Probe = {
	why: 'still silent: asking with SWITCH_MODE 3',
	send: saySwitchMode(),
	seconds: answerWait,
};
const nop: Probe = {
	why: 'asking with a Firehose NOP: Firehose may run already',
	send: firehoseDocument('NOP', { value: 'ping' }),
	seconds: answerWait,
};
/** Twice the second that libqmi gives it: its next message may come too early otherwise. */
export const sdp: Probe = {
	why: 'asking for QDL with SDP',
	send: saySwitchToSdp(),
	seconds: 2,
};

/** Nothing is lost any more: it only tells an AT port from a loader that is stuck. */
const at: Probe = {
	why: 'asking with AT: it may be no loader at all',
	send: Buffer.from('AT\r'),
	seconds: shortWait,
};

/**
 * The chip's emergency loader, or a programmer that was started before: that one finds no XML in a
 * HELLO_RSP and says so, as qdl counts on.
 */
export const emergencyProbes: readonly Probe[] = [
	listen,
	{
		why: 'no HELLO: answering blind with HELLO_RSP mode 0',
		send: sayImageTransfer(),
		seconds: answerWait,
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
			return [listen, blindResponse, switchMode];
		case 'firehose':
			return [listenBriefly, nop];
		case 'qdl':
			return [listenBriefly, sdp];
		default:
	}
	if (loaderProtocol === 'qdl') return [listenBriefly, sdp, switchMode, nop, at];
	return loaderProtocol === 'sahara'
		? [listen, blindResponse, switchMode, nop, at]
		: [listenShortly, { ...blindResponse, seconds: shortWait }, sdp, switchMode, nop, at];
}
