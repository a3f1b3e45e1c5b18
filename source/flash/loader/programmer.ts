/**
 * From an open port of the chip's emergency loader to a programmer that runs: the loader asks for
 * the file piece by piece, checks its signature and starts it. Source: linux-msm/qdl sahara.c.
 */

import { FileChanged } from '../../firmware/cwe/seal.ts';
import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import { LinkLost } from '../../link/link.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import type { Problem } from '../../problem.ts';
import { encode, numberOf } from '../../protocol/fields.ts';
import { imageTimeout, startedTimeout } from '../../protocol/sahara/messages.ts';
import {
	encodeImageTransfer,
	programmerImageIds,
	type SaharaPacket,
	saharaMessages,
} from '../../protocol/sahara/sahara.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import { unexpectedBytes, unexpectedFrame } from '../model/outcomes/loader.ts';
import {
	emergencyLoaderInMode,
	emergencyLoaderSilent,
	emergencyLoaderStopped,
	noSuchImage,
	outsideProgrammer,
	programmerGotShorter,
	programmerRefused,
} from '../model/outcomes/programmer.ts';
import { LoaderPort, type ProbeReply } from './loader-port.ts';
import { emergencyProbes } from './probe-sequence.ts';

/** Bytes that are read from the disk at once, however long a piece is asked for. */
const window = 1024 * 1024;

const imageTransfer = 0;
const { hello, readData, readData64, endImage, doneResponse } = saharaMessages;

/**
 * Returns `here` when the programmer runs behind this port, `gone` when the port went away with the
 * loader: then it runs behind the next one. Throws a Problem, with nothing written, when the loader
 * does not take the file.
 */
export async function sendProgrammer(
	link: RecordedLink,
	programmer: PlainFile,
	context: FlashContext,
): Promise<'here' | 'gone'> {
	const port = new LoaderPort(link, context.clock);
	phase(context, 'connect', 'running', 'listening for HELLO');
	const first = await firstWord(port, context);
	const runs = first.kind === 'firehose';
	phase(context, 'connect', 'done', runs ? 'Firehose runs already' : 'Sahara');
	if (runs) {
		await new FirehosePort(link, context.clock).drain();
		phase(context, 'sahara', 'done', 'not needed: Firehose runs already');
		return 'here';
	}
	phase(context, 'sahara', 'running', `sending ${programmer.name}`);
	let done = false;
	const ended = await serve(link, port, packetOf(first, context), programmer, context, () => {
		done = true;
	}).catch((error: unknown) => {
		if (done && error instanceof LinkLost) return 'gone' as const;
		throw error;
	});
	phase(context, 'sahara', 'done', `${programmer.name} runs`);
	return ended;
}

async function firstWord(port: LoaderPort, context: FlashContext): Promise<ProbeReply> {
	for (const { why, send, seconds } of emergencyProbes) {
		stopIfRequested(context);
		note(context, why);
		if (send) await port.send(send);
		const reply = await port.listen(seconds, context.stop);
		if (reply.kind !== 'silence') return reply;
	}
	stopIfRequested(context);
	throw emergencyLoaderSilent();
}

/** Answers what the loader asks, in its order; `done` is called when it has the whole file. */
async function serve(
	link: RecordedLink,
	port: LoaderPort,
	first: SaharaPacket | undefined,
	programmer: PlainFile,
	context: FlashContext,
	done: () => void,
): Promise<'here'> {
	for (let packet = first; ; ) {
		stopIfRequested(context);
		switch (packet?.message) {
			case hello: {
				const mode = numberOf(packet.fields, 'mode');
				if (mode !== imageTransfer) throw emergencyLoaderInMode(mode);
				await port.send(encodeImageTransfer());
				break;
			}
			case readData:
			case readData64:
				await sendPiece(link, port, packet, programmer);
				break;
			case endImage: {
				const status = numberOf(packet.fields, 'status');
				if (status !== 0) throw programmerRefused(status, programmer);
				done();
				await port.send(encode(saharaMessages.done));
				break;
			}
			case doneResponse:
				note(context, 'the emergency loader took the programmer and starts it');
				break;
			default:
				throw emergencyLoaderStopped(packet);
		}
		const started = packet.message === doneResponse;
		const reply = await port.listen(started ? startedTimeout : imageTimeout, context.stop);
		// A programmer need not say anything before it is asked. The loader may want one image more,
		// and may say so of a last one too (MSM8916, qdl sahara.c).
		if (reply.kind === 'firehose' || (started && reply.kind === 'silence')) return 'here';
		packet = packetOf(reply, context);
	}
}

function packetOf(reply: ProbeReply, { ways }: FlashContext): SaharaPacket | undefined {
	if (reply.kind === 'other') throw unexpectedBytes(ways, reply.bytes);
	if (reply.kind === 'frame') throw unexpectedFrame(ways, reply.payload);
	return reply.kind === 'packet' ? reply.packet : undefined;
}

async function sendPiece(
	link: RecordedLink,
	port: LoaderPort,
	{ fields }: SaharaPacket,
	programmer: PlainFile,
): Promise<void> {
	// 64 bits are rounded where they are longer than any file: that is outside all the same.
	const asked = (name: string) => Number(fields.find((field) => field.name === name)?.value ?? 0);
	const [image, offset, length] = [asked('image'), asked('offset'), asked('data length')];
	const { name, size } = programmer;
	if (!Object.hasOwn(programmerImageIds, image)) {
		return giveUp(port, noSuchImage(image));
	}
	if (offset > size || length > size - offset) {
		return giveUp(port, outsideProgrammer(programmer, offset, length));
	}
	for (let at = offset; at < offset + length; ) {
		const wanted = Math.min(window, offset + length - at);
		const bytes = await programmer.readBytes(at, wanted).catch(async (error: unknown) => {
			if (error instanceof FileChanged) await resetLoader(port);
			throw error;
		});
		if (bytes.length < wanted) return giveUp(port, programmerGotShorter(programmer));
		await link.writePayload(bytes, { file: name, offset: at, length: wanted, padding: 0 });
		at += wanted;
	}
}

/** RESET writes nothing, and brings the loader back to its HELLO. */
async function resetLoader(port: LoaderPort): Promise<void> {
	await port.send(encode(saharaMessages.reset));
	await port.listen(imageTimeout).catch((error: unknown) => {
		if (!(error instanceof LinkLost)) throw error;
	});
}

async function giveUp(port: LoaderPort, why: Problem): Promise<never> {
	await resetLoader(port);
	throw why;
}
