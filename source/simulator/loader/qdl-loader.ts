/**
 * The loader's side of QDL, as libqmi's exchanges with Gobi and Sierra loaders up to the 9x30 have it
 * (qfu-qdl-device.c, qfu-qdl-message.c): SDP, HELLO in one version, and for each image UFOPEN, bare
 * UFWRITEs, UFCLOSE. The last UFWRITE is answered when the image is written.
 */
import { decodeHeader, headerLength, headerOf } from '../../firmware/cwe/header.ts';
import { dloadMessages } from '../../protocol/dload/dload.ts';
import { decode, encode, type Message, numberOf, type Values } from '../../protocol/fields.ts';
import { frame, frameLength, unframe } from '../../protocol/framing/hdlc.ts';
import { imageResults, qdlErrors } from '../../protocol/qdl/codes.ts';
import { isWrite, qdlMessages } from '../../protocol/qdl/qdl.ts';
import type { Endpoint } from '../device/endpoint.ts';
import { commit, type LoaderWorld, rest, takeAtPace } from './loader-world.ts';
import { isFor, receiveImage } from './received-image.ts';

export type QdlTraits = {
	/** The versions of the protocol that it speaks: 4 Gobi 1000, 5 Gobi 2000, 6 Sierra. */
	readonly versions: readonly number[];
	readonly answersSdp: 'ACK' | 'ERROR 0x16';
	/** A transfer that ends behind the head of UFWRITE is one without data (hostdl, GobiAPI). */
	readonly headWithData: boolean;
	/** A chunk ends with a short packet, or the loader waits for more (GobiAPI ProtocolServer.cpp). */
	readonly wantsShortEnd: boolean;
};

const flag = 0x7e;
const cwe = 0x80;
/** Bytes of a bulk packet: a shorter one ends a transfer. */
const packet = 512;
/** Bytes of an image that one UFWRITE may carry. */
const longestChunk = 1024 * 1024;
/** A frame that is longer than this without its end is given up, bytes. */
const longestFrame = 4096;
/** Silence, seconds, that ends the wait for the rest of a chunk. */
const restOfChunk = 5;

const magic = 'QCOM high speed protocol tgt';
const errors = {
	badPacket: 0x04,
	badCommand: 0x05,
	failed: 0x07,
	sequence: 0x0f,
	unsupported: 0x16,
	crc: 0x17,
	state: 0x18,
	timeout: 0x19,
} as const;

/** Ends an image in the middle. */
class Refused extends Error {
	/** Of `qdlErrors`; undefined when nothing is said of it. */
	readonly code: number | undefined;
	constructor(code?: number) {
		super();
		this.code = code;
	}
}

/** Answers until the host asked for a reset. */
export async function speakQdl(
	pipe: Endpoint,
	{ versions, answersSdp, headWithData, wantsShortEnd }: QdlTraits,
	world: LoaderWorld,
): Promise<void> {
	const { model, log, traits } = world;
	let greeted = false;
	/** How the last image ended, until UFCLOSE asks. */
	let result: number | undefined;

	for (;;) {
		const payload = await nextFrame();
		const is = (message: Message) => payload[0] === message.fields[0]!.preset;
		if (is(qdlMessages.hello) && payload.length === qdlMessages.hello.length) await hello(payload);
		else if (is(dloadMessages.switchToSdp)) await sdp();
		else if (is(dloadMessages.nop)) await say(dloadMessages.ack);
		else if (is(dloadMessages.reset)) return say(dloadMessages.ack);
		else if (is(qdlMessages.reset)) return;
		else if (is(qdlMessages.imagePreference)) {
			await say(qdlMessages.imagePreferenceResponse, { images: '00' });
		} else if (is(qdlMessages.open)) await image(payload);
		else if (is(qdlMessages.close)) await close();
		else await refuse(errors.badCommand);
	}

	function say<Name extends string>(message: Message<Name>, values: Values<NoInfer<Name>> = {}) {
		return pipe.write(frame(encode(message, values)));
	}

	function refuse(error: number) {
		log(`the loader refused: ${qdlErrors[error]?.name}`);
		return say(qdlMessages.error, { error });
	}

	function sdp() {
		return answersSdp === 'ACK' ? say(dloadMessages.ack) : refuse(errors.unsupported);
	}

	/** An answer in the version that was asked for; a loader that does not speak it says ERROR. */
	async function hello(payload: Buffer) {
		const asked = decode(qdlMessages.hello, payload);
		const [most, least] = [numberOf(asked, 'version max'), numberOf(asked, 'version min')];
		const version = versions.findLast((known) => known >= least && known <= most);
		if (version === undefined) return refuse(errors.failed);
		greeted = true;
		result = undefined;
		log(`the loader speaks QDL, version ${version}`);
		const said = { magic, 'version max': version, 'version min': version, features: 0x30 };
		await say(qdlMessages.helloResponse, said);
	}

	async function close() {
		if (result === undefined) return refuse(errors.state);
		await say(qdlMessages.closeResponse, { status: result, type: cwe });
		result = undefined;
		await rest(world);
	}

	async function image(payload: Buffer) {
		if (!greeted) return refuse(errors.state);
		const status = judgeHeader(payload);
		log(status === 0 ? 'the image begins' : `the loader refused: ${imageResults[status]?.name}`);
		await say(qdlMessages.openResponse, { status, window: 1, 'chunk size': longestChunk });
		if (status !== 0) return;
		try {
			await receive(payload.subarray(qdlMessages.open.length));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			greeted = false;
			if (error.code !== undefined) await refuse(error.code);
		}
	}

	/** What the loader sees before any data came (LK sierra_cwe.c). */
	function judgeHeader(payload: Buffer): number {
		const asked = decode(qdlMessages.open, payload.subarray(0, qdlMessages.open.length));
		const raw = payload.subarray(qdlMessages.open.length);
		if (numberOf(asked, 'type') !== cwe) return 0x80;
		if (raw.length !== headerLength) return 0x8b;
		const header = headerOf(decodeHeader(raw));
		if (!isFor(model.product, header.product)) return 0x81;
		const length = numberOf(asked, 'chunk size');
		const whole = numberOf(asked, 'image length') === length + headerLength;
		return whole && length === header.size ? 0 : 0x82;
	}

	async function receive(header: Buffer) {
		let last = 0;
		async function* bytes() {
			yield header;
			const taken = takeAtPace(world);
			let left = headerOf(decodeHeader(header)).size;
			for (let sequence = 0; left > 0; sequence++) {
				last = sequence;
				let { due, transfer } = await nextWrite(sequence, Math.min(left, longestChunk));
				left -= due;
				for (let isFirst = true; due > 0; isFirst = false) {
					const piece = await take(due);
					if (!isFirst) transfer = piece.length;
					await taken(piece.length);
					due -= piece.length;
					yield piece;
				}
				while (wantsShortEnd && transfer % packet === 0) {
					transfer = (await pipe.readTransfer())!.length;
				}
				// The last one is answered when the image is written.
				if (left > 0) await say(qdlMessages.writeResponse, { sequence });
			}
		}
		const { product } = model;
		const verdict = await receiveImage(bytes(), { product, sector: 1 }, (writes) =>
			commit(world, writes && traits.refusesImages === undefined),
		);
		result = 'refused' in verdict ? verdict.code : (traits.refusesImages ?? 0);
		if ('accepted' in verdict && result === 0) world.accepted(verdict.accepted);
		else log(`the loader refused: ${imageResults[result]?.name}`);
		await say(qdlMessages.writeResponse, { sequence: last, status: result });
	}

	/** The head of the next UFWRITE; returns how many bytes stand behind it, and the length of its transfer. */
	async function nextWrite(sequence: number, most: number) {
		const { write } = qdlMessages;
		let head = (await pipe.readTransfer())!;
		if (head[0] === flag) {
			// Whoever begins anew has given this image up.
			pipe.unread(head);
			throw new Refused();
		}
		if (headWithData && head.length === write.length) throw new Refused(errors.badPacket);
		while (head.length < write.length) {
			const more = await pipe.readTransfer(restOfChunk);
			if (!more) throw new Refused(errors.timeout);
			head = Buffer.concat([head, more]);
		}
		if (!isWrite(head)) {
			// What follows cannot be told apart any more.
			while (await pipe.read(0.1));
			throw new Refused(errors.crc);
		}
		pipe.unread(head.subarray(write.length));
		const asked = decode(write, head.subarray(0, write.length));
		if (numberOf(asked, 'sequence') !== sequence) throw new Refused(errors.sequence);
		const length = numberOf(asked, 'chunk size');
		if (length < 1 || length > most) throw new Refused(errors.badPacket);
		return { due: length, transfer: head.length };
	}

	async function take(most: number): Promise<Buffer> {
		const bytes = await pipe.readTransfer(restOfChunk);
		if (!bytes) throw new Refused(errors.timeout);
		pipe.unread(bytes.subarray(most));
		return bytes.subarray(0, most);
	}

	/** The payload of the next frame; bytes outside of one are passed over. */
	async function nextFrame(): Promise<Buffer> {
		let bytes = Buffer.alloc(0);
		for (;;) {
			bytes = Buffer.concat([bytes, (await pipe.read())!]);
			const start = bytes.indexOf(flag);
			bytes = bytes.subarray(start < 0 ? bytes.length : start);
			const length = frameLength(bytes);
			if (length === undefined) {
				if (bytes.length > longestFrame) bytes = Buffer.alloc(0);
				continue;
			}
			const { payload, problem } = unframe(bytes.subarray(0, length));
			// The closing flag of bytes that were no frame may open the next one.
			pipe.unread(bytes.subarray(problem === undefined ? length : length - 1));
			if (problem === undefined) return payload;
			bytes = Buffer.alloc(0);
			await refuse(errors.crc);
		}
	}
}
