/**
 * The order in which a silent loader is asked. Listening comes first, because a Sierra loader says
 * HELLO once and takes whatever is sent before it for junk. SDP, which opens QDL, spoils a Sahara
 * loader: it comes first only where the chip is known to speak QDL, and never where it is known not
 * to. docs/flash.md tells what of this is proven where.
 */
import type { Family } from '../../firmware/products.ts';
import { saySwitchToSdp } from '../../protocol/dload/dload.ts';
import { firehoseDocument } from '../../protocol/firehose/firehose.ts';
import { sayHelloResponse, sayImageTransfer, saySwitchMode } from '../../protocol/sahara/sahara.ts';
import type { Protocol } from '../model/loader-protocol.ts';

export type Rung = {
	readonly why: string;
	/** Nothing where it only listens. */
	readonly say?: Buffer;
	/** How long an answer may take. */
	readonly seconds: number;
};

/** Seconds that a loader may take for HELLO, and for an answer. */
const helloWait = 5;
const answerWait = 3;
const shortWait = 1;

const listen: Rung = { why: 'listening: a loader says HELLO first, and once', seconds: helloWait };
const glance: Rung = { why: 'listening for what may still be said', seconds: shortWait };
const blind: Rung = {
	why: 'no HELLO: answering blind with HELLO_RSP mode 3',
	say: sayHelloResponse(),
	seconds: answerWait,
};
const switchMode: Rung = {
	why: 'still silent: asking with SWITCH_MODE 3',
	say: saySwitchMode(),
	seconds: answerWait,
};
const nop: Rung = {
	why: 'asking with a Firehose NOP: Firehose may run already',
	say: firehoseDocument('NOP', { value: 'ping' }),
	seconds: answerWait,
};
/** Twice the second that libqmi gives it: its next message may come too early otherwise. */
export const sdp: Rung = {
	why: 'asking for QDL with SDP',
	say: saySwitchToSdp(),
	seconds: 2,
};

/** Nothing is lost any more: it only tells an AT port from a loader that is stuck. */
const at: Rung = {
	why: 'asking with AT: it may be no loader at all',
	say: Buffer.from('AT\r'),
	seconds: shortWait,
};

/**
 * The chip's emergency loader, or a programmer that was started before: that one finds no XML in a
 * HELLO_RSP and says so, as qdl counts on.
 */
export const emergencyLadder: readonly Rung[] = [
	listen,
	{
		why: 'no HELLO: answering blind with HELLO_RSP mode 0',
		say: sayImageTransfer(),
		seconds: answerWait,
	},
	nop,
];

/** The rungs for what a person asked for and what the chip is known to speak. */
export function ladder(protocol: Protocol, speaks: Family['speaks'] | undefined): readonly Rung[] {
	switch (protocol) {
		case 'sahara':
			return [listen, blind, switchMode];
		case 'firehose':
			return [glance, nop];
		case 'qdl':
			return [glance, sdp];
		default:
	}
	if (speaks === 'qdl') return [glance, sdp, switchMode, nop, at];
	return speaks === 'sahara'
		? [listen, blind, switchMode, nop, at]
		: [listen, blind, switchMode, nop, sdp, at];
}
