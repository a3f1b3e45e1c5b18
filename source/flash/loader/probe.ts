/**
 * From an open port to a loader that takes firmware: the probes of probe-sequence.ts in turn, each only when
 * the one before was silent, and on with whatever answers. docs/flash.md tells what of this is
 * proven where.
 */

import { type Link, LinkLost } from '../../link/link.ts';
import type { LoaderProtocol } from '../../modems/product.ts';
import { dloadMessages } from '../../protocol/dload/dload.ts';
import { decode, encode, type Message, numberOf, replyTimeout } from '../../protocol/fields.ts';
import { qdlErrors } from '../../protocol/qdl/codes.ts';
import { qdlMessages } from '../../protocol/qdl/qdl.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
	type SaharaPacket,
	saharaMessages,
	saharaModes,
} from '../../protocol/sahara/sahara.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import {
	emergencyLoader,
	statusName,
	switchNotMade,
	switchRefused,
	unexpectedBytes,
	unexpectedFrame,
} from '../model/outcomes/loader.ts';
import type { Protocol } from '../model/protocol.ts';
import { type Feed, feedUntilAnswer } from './feed.ts';
import { isEndOfHello, LoaderPort, type ProbeReply } from './loader-port.ts';
import { probeSequence, sdp } from './probe-sequence.ts';

/**
 * How it ended: who listens now; the loader was reset and will enumerate again, after a refusal or
 * because it offered a dump; or nobody answered, and only a power cycle helps.
 */
export type ProbeResult = 'firehose' | 'qdl' | 'reset' | 'dump' | 'silent';
export type ProbeOptions = {
	readonly protocol: Protocol;
	readonly loaderProtocol: LoaderProtocol | undefined;
	/** For a loader that waits for the rest of an image. */
	readonly feed?: Feed | undefined;
};

/** Sierra's EXECUTE that switches to Firehose. */
const switchToFirehose = 0xff00;
/** What a loader says once it has switched (libqmi qfu-sahara-device.c). */
const confirmed = Buffer.from('confirmed');
const unsupportedCommand = 0x1f;
const imageTransfer = 0;
/**
 * Seconds from the opening of the port in which HELLO is not answered, with some to spare. HELLO
 * waits; a loader that is answered within 2 refuses Firehose (libqmi qfu-sahara-device.c).
 */
const quietAfterOpen = 2.5;

export async function probeLoader(
	link: Link,
	context: FlashContext,
	options: ProbeOptions = { protocol: 'auto', loaderProtocol: undefined },
): Promise<ProbeResult> {
	const port = new LoaderPort(link, context.clock);
	const opened = context.clock.now();
	phase(context, 'connect', 'running', 'listening for HELLO');
	const found = await runProbes(link, port, context, options);
	if (found.kind === 'silence') return 'silent';
	const says = { packet: 'Sahara', firehose: 'Firehose runs already', qdl: 'QDL' };
	phase(context, 'connect', 'done', says[found.kind]);
	if (found.kind === 'firehose') await new FirehosePort(link, context.clock).drain();
	if (found.kind !== 'packet') {
		phase(context, 'sahara', 'done', `not needed: ${says[found.kind]}`);
		return found.kind;
	}
	phase(context, 'sahara', 'running');
	const ended = await commandMode(port, found.packet, opened + quietAfterOpen, context);
	phase(
		context,
		'sahara',
		ended === 'firehose' ? 'done' : 'failed',
		ended === 'firehose' ? 'confirmed' : 'refused; the loader was reset',
	);
	return ended;
}

type Found = Extract<ProbeReply, { kind: 'packet' | 'firehose' | 'silence' }> | { kind: 'qdl' };

async function runProbes(
	link: Link,
	port: LoaderPort,
	context: FlashContext,
	options: ProbeOptions,
): Promise<Found> {
	for (const probe of probeSequence(options.protocol, options.loaderProtocol)) {
		const { why, send, seconds } = probe;
		stopIfRequested(context);
		note(context, why);
		if (send) await port.send(send);
		const reply = await port.listen(seconds, context.stop);
		if (reply.kind === 'packet' || reply.kind === 'firehose') return reply;
		if (reply.kind === 'other' && isEndOfHello(reply.bytes)) {
			note(context, 'the beginning of HELLO was lost on its way: going on as if it was missed');
			await context.clock.sleep(quietAfterOpen, context.stop);
			continue;
		}
		if (reply.kind === 'other' && reply.bytes.equals(confirmed)) {
			note(context, 'the loader was switched to Firehose before: its answer came only now');
			return { kind: 'firehose' };
		}
		if (reply.kind === 'other') throw unexpectedBytes(context.ways, reply.bytes);
		if (reply.kind === 'silence') {
			// One that says HELLO waits for nothing.
			const fed = options.feed && !send && (await feedUntilAnswer(link, options.feed, context));
			if (fed) return { kind: 'firehose' };
			continue;
		}
		if (!isQdl(reply.payload)) throw unexpectedFrame(context.ways, reply.payload);
		// What the last one was answered with may still lie in the port: only SDP's own answer counts.
		if (probe === sdp && opens(reply.payload)) return { kind: 'qdl' };
		note(context, `the loader speaks QDL: ${describe(reply.payload)}`);
		return openQdl(port, context);
	}
	stopIfRequested(context);
	return { kind: 'silence' };
}

const isAck = (payload: Buffer) =>
	payload.length === 1 && payload[0] === dloadMessages.ack.fields[0]!.preset;
const isError = (payload: Buffer) =>
	payload.length === qdlMessages.error.length && payload[0] === qdlMessages.error.fields[0]!.preset;
/** What a QDL loader may still say to one who asked before us. */
const answers = [
	qdlMessages.helloResponse,
	qdlMessages.openResponse,
	qdlMessages.writeResponse,
	qdlMessages.closeResponse,
];
const isQdl = (payload: Buffer) =>
	isAck(payload) ||
	isError(payload) ||
	answers.some(
		({ fields, length }) => payload.length === length && payload[0] === fields[0]!.preset,
	);

const errorOf = (payload: Buffer) => numberOf(decode(qdlMessages.error, payload), 'error');
/** A loader without SDP says so, and speaks QDL right away (libqmi qfu-qdl-device.c). */
const opens = (payload: Buffer) =>
	isAck(payload) || (isError(payload) && errorOf(payload) === 0x16);
const describe = (payload: Buffer) =>
	isError(payload) ? `ERROR ${qdlErrors[errorOf(payload)]?.name ?? ''}` : 'an answer to another';

/** Asks until SDP's own answer comes. A loader that gives none is spoken to all the same. */
async function openQdl(port: LoaderPort, context: FlashContext): Promise<Found> {
	note(context, sdp.why);
	await port.send(sdp.send!);
	for (;;) {
		stopIfRequested(context);
		const reply = await port.listen(sdp.seconds, context.stop);
		if (reply.kind !== 'frame' || opens(reply.payload)) return { kind: 'qdl' };
	}
}

/** Command mode, EXECUTE 0xff00, "confirmed". */
async function commandMode(
	port: LoaderPort,
	first: SaharaPacket,
	notBefore: number,
	context: FlashContext,
): Promise<ProbeResult> {
	let packet: SaharaPacket | undefined = first;
	let mode: number | undefined;
	if (packet.message === saharaMessages.hello) {
		mode = numberOf(packet.fields, 'mode');
		const name = saharaModes[mode as keyof typeof saharaModes] ?? '';
		note(context, `HELLO with mode ${mode} ${name}: answering with mode 3`);
		await context.clock.sleep(Math.max(0, notBefore - context.clock.now()), context.stop);
		stopIfRequested(context);
		await port.send(encodeHelloResponse());
		packet = await nextPacket(port, saharaMessages.helloResponse, context);
	}
	if (packet?.message === saharaMessages.commandReady) {
		await port.send(encodeExecute(switchToFirehose));
		packet = await nextPacket(port, saharaMessages.execute, context);
		// A blind HELLO_RSP and the one to a HELLO that was on its way are both answered.
		if (packet?.message === saharaMessages.commandReady)
			packet = await nextPacket(port, saharaMessages.execute, context);
	}
	if (packet?.message === saharaMessages.executeResponse) {
		await port.send(encodeExecuteData(switchToFirehose));
		const answer = await port.raw(
			numberOf(packet.fields, 'answer length'),
			replyTimeout(saharaMessages.executeData),
		);
		note(context, `the loader answered "${sanitize(answer.toString('latin1'))}"`);
		if (answer.length > 0) return 'firehose';
	}
	const { readData, readData64, memoryDebug, memoryDebug64, endImage } = saharaMessages;
	const wantsImage = packet?.message === readData || packet?.message === readData64;
	// A healthy loader of Sierra's may say mode 0 too: libqmi does not look at it.
	if (wantsImage || (packet?.message === endImage && mode === imageTransfer))
		throw emergencyLoader();
	if (packet?.message === memoryDebug || packet?.message === memoryDebug64) {
		await resetLoader(port, context, 'the loader offers a dump of its memory');
		return 'dump';
	}
	if (packet?.message === saharaMessages.resetResponse) return 'reset';
	if (packet?.message === endImage) {
		const status = numberOf(packet.fields, 'status');
		if (status !== unsupportedCommand) throw switchRefused(context.ways, packet);
		const what = `the loader refuses the switch to Firehose: ${statusName(status)}`;
		await resetLoader(port, context, what);
		return 'reset';
	}
	throw switchNotMade(context.ways, packet);
}

async function nextPacket(
	port: LoaderPort,
	asked: Message,
	context: FlashContext,
): Promise<SaharaPacket | undefined> {
	stopIfRequested(context);
	const reply = await port.listen(replyTimeout(asked), context.stop);
	if (reply.kind === 'other') throw unexpectedBytes(context.ways, reply.bytes);
	if (reply.kind === 'frame') throw unexpectedFrame(context.ways, reply.payload);
	return reply.kind === 'packet' ? reply.packet : undefined;
}

/** A loader that met junk, or crashed, takes no firmware until it is reset: RESET writes nothing. */
async function resetLoader(port: LoaderPort, context: FlashContext, why: string): Promise<void> {
	note(context, `${why}; resetting it`);
	await port.send(encode(saharaMessages.reset));
	await port.listen(replyTimeout(saharaMessages.reset)).catch((error: unknown) => {
		if (!(error instanceof LinkLost)) throw error;
	});
}
