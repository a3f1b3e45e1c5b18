/** Judges a client of Sahara by what crossed the port: the first fault, in a sentence, or none. */
import { decode, type Field, numberOf } from '../../protocol/fields.ts';
import { saharaMessages, saharaStatus } from '../../protocol/sahara/sahara.ts';
import type { Piece } from './trace.ts';

/** What the loader does in a round. */
export type RoundName = 'whole' | 'refused' | 'malformed';

const { hello, helloResponse, readData, endImage, done, doneResponse, reset } = saharaMessages;
const commandOf = (bytes: Buffer) => (bytes.length >= 4 ? bytes.readUInt32LE(0) : -1);
const idOf = (message: { fields: readonly Pick<Field, 'preset'>[] }) =>
	Number(message.fields[0]!.preset);

type Step = { readonly said: Buffer; readonly answer: Buffer };

/** Undefined when nothing is wrong. */
export function judge(
	round: RoundName,
	pieces: readonly Piece[],
	programmer: Buffer,
): string | undefined {
	return spokenEarly(pieces) ?? judgeSteps(round, stepsOf(pieces), programmer);
}

function spokenEarly(pieces: readonly Piece[]): string | undefined {
	const first = pieces.findIndex(({ dir }) => dir === 'out');
	if (first < 0 || (first > 0 && !pieces[first]!.isEarly)) return undefined;
	return 'Your program spoke before HELLO was there, all 48 bytes of it: the loader begins.';
}

/** Each packet of the loader with what was sent until its next one. */
function stepsOf(pieces: readonly Piece[]): Step[] {
	const steps: { said: Buffer; answer: Buffer }[] = [];
	for (const { dir, bytes } of pieces) {
		if (dir === 'in') steps.push({ said: bytes, answer: Buffer.alloc(0) });
		else if (steps.length > 0) {
			const step = steps.at(-1)!;
			step.answer = Buffer.concat([step.answer, bytes]);
		}
	}
	return steps;
}

function judgeSteps(
	round: RoundName,
	steps: readonly Step[],
	programmer: Buffer,
): string | undefined {
	const [first, ...rest] = steps;
	if (!first) return 'Nobody opened the port.';
	const greeting = judgeHello(first);
	if (greeting !== undefined) return greeting;
	if (round === 'malformed') return judgeMalformed(rest[0]);
	let before: Step | undefined;
	for (const step of rest) {
		const fault = judgeStep(step, before, programmer);
		if (fault !== undefined) return fault;
		before = step;
	}
	const ended = rest.find(({ said }) => commandOf(said) === idOf(endImage));
	if (!ended) return 'The program ended before the loader had the whole programmer.';
	const has = (message: typeof done) => commandOf(ended.answer) === idOf(message);
	if (round === 'refused') {
		const status = numberOf(decode(endImage, ended.said), 'status');
		return has(done)
			? `END_IMAGE_TX had status ${status}, ${saharaStatus[status]}, and you said DONE. Send RESET.`
			: undefined;
	}
	if (!has(done))
		return 'END_IMAGE_TX had status 0, and no DONE followed: the programmer never starts.';
	if (ended.answer.length !== done.length || ended.answer.readUInt32LE(4) !== done.length) {
		return `DONE is ${done.length} bytes, with that length in it; you sent ${ended.answer.length}.`;
	}
	return rest.some(({ said }) => commandOf(said) === idOf(doneResponse))
		? undefined
		: 'The program ended before DONE_RESP.';
}

const inTwoReads = 'It came in two reads, 24 bytes each: read on until a packet is whole.';

function judgeHello({ said, answer }: Step): string | undefined {
	if (answer.length === 0) {
		return `Nothing answered HELLO. ${inTwoReads}`;
	}
	if (commandOf(answer) === idOf(reset)) {
		return `You gave HELLO up with RESET. ${inTwoReads}`;
	}
	if (commandOf(answer) === 0x0200_0000) {
		return 'Your numbers have their high byte first; Sahara has the low byte first.';
	}
	if (commandOf(answer) === idOf(hello))
		return 'You answered HELLO with HELLO; HELLO_RSP is command 2.';
	if (commandOf(answer) !== idOf(helloResponse)) {
		return `HELLO is answered with HELLO_RSP, command 2, and not with ${commandOf(answer)}.`;
	}
	const wanted = helloResponse.length;
	const named = answer.length >= 8 ? answer.readUInt32LE(4) : 0;
	if (answer.length !== wanted || named !== wanted) {
		return `HELLO_RSP is ${wanted} bytes, with that length in it; you sent ${answer.length}, and said ${named}.`;
	}
	const [offer, given] = [decode(hello, said), decode(helloResponse, answer)];
	const versions = [numberOf(offer, 'version min'), numberOf(offer, 'version')] as const;
	const version = numberOf(given, 'version');
	if (version < versions[0] || version > versions[1]) {
		return `You said version ${version}; the loader takes ${versions.join(' to ')}.`;
	}
	const status = numberOf(given, 'status');
	if (status !== 0) return `HELLO_RSP has status ${status}: 0 is success.`;
	const [mode, offered] = [numberOf(given, 'mode'), numberOf(offer, 'mode')];
	return mode === offered
		? undefined
		: `You asked for mode ${mode}; the loader offers mode ${offered}, the transfer of an image.`;
}

function judgeStep(
	{ said, answer }: Step,
	before: Step | undefined,
	programmer: Buffer,
): string | undefined {
	if (commandOf(said) !== idOf(readData) || said.length !== readData.length) return undefined;
	const fields = decode(readData, said);
	const [offset, length] = [numberOf(fields, 'offset'), numberOf(fields, 'data length')];
	const asked = `${length} bytes from offset ${offset}`;
	if (answer.equals(Buffer.from([idOf(done), 0, 0, 0, done.length, 0, 0, 0]))) {
		return `The loader asked for ${asked}, and you said DONE: DONE follows END_IMAGE_TX.`;
	}
	const due = programmer.subarray(offset, offset + length);
	if (answer.subarray(0, length).equals(due)) {
		return answer.length > length
			? `You sent ${answer.length} bytes where ${asked} were asked for: no more than that.`
			: undefined;
	}
	if (answer.length < length) {
		return `You sent ${answer.length} of the ${asked}: no less than that.`;
	}
	if (before && commandOf(before.said) === idOf(readData)) {
		const last = decode(readData, before.said);
		const end = numberOf(last, 'offset') + numberOf(last, 'data length');
		if (
			end !== offset &&
			programmer.subarray(end, end + length).equals(answer.subarray(0, length))
		) {
			return `The loader asked for ${asked}; you sent what follows the piece before, from ${end}. Or you sent more than was asked for.`;
		}
	}
	const at = programmer.indexOf(answer.subarray(0, Math.min(64, answer.length)));
	return at >= 0
		? `The loader asked for ${asked}; you sent those from ${at}.`
		: `The loader asked for ${asked}; you sent bytes that are not in the file.`;
}

function judgeMalformed(step: Step | undefined): string | undefined {
	if (!step) return 'The program ended before the packet that is malformed.';
	const { answer } = step;
	if (answer.length === 0) return undefined;
	if (commandOf(answer) === idOf(reset) && answer.length === reset.length) return undefined;
	return `A packet came whose length is 4, less than its header, and you sent ${answer.length} bytes. Send RESET, or nothing, and end.`;
}

/** The malformed packet: READ_DATA with a length that cannot be. */
export function malform(bytes: Buffer): Buffer {
	if (commandOf(bytes) !== idOf(readData)) return bytes;
	const broken = Buffer.from(bytes);
	broken.writeUInt32LE(4, 4);
	return broken;
}
