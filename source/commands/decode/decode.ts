import { readFile, stat } from 'node:fs/promises';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { Conversation, type Frame } from '../../protocol/decode/conversation.ts';
import type { Direction } from '../../protocol/decode/message-match.ts';
import { type Recognised, recognise } from '../../protocol/decode/recognise.ts';
import { NotHex, readHexText, type Written } from '../../protocol/text/hex-text.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import { wrap } from '../../recording/export/wrap.ts';
import type { Output } from '../common/command.ts';
import { drained } from '../common/output.ts';
import type { DecodeFlags } from '../common/recording-options.ts';
import { cweFrame } from './cwe.ts';
import { frameText } from './text.ts';

export type DecodeOptions = {
	readonly json: boolean;
	readonly colour: boolean;
	/** Who sent bytes that do not tell; else it is guessed from what they say. */
	readonly from?: string | undefined;
	readonly columns: number;
	readonly out: (line: string) => void;
	/** All of standard input. */
	readonly read: () => Promise<Buffer>;
	/** Resolves when what was written has gone out. */
	readonly drained?: () => Promise<void>;
};

/** Bytes that are decoded before their frames are shown. */
const piece = 65_536;
/** The most that is decoded at once, bytes. */
const longestInput = 64 * 1024 * 1024;

/** The command as it is typed. */
export function decodeCommand(
	input: readonly string[],
	flags: DecodeFlags,
	{ columns, out, painted }: Output,
): Promise<ExitCode> {
	const { isTTY = false } = process.stdout;
	const { NO_COLOR, TERM } = process.env;
	const colour = isTTY && !NO_COLOR && TERM !== 'dumb' && !flags.plain;
	return decodeBytes(input, {
		json: flags.json,
		colour,
		from: flags.from,
		columns,
		out: colour ? painted : out,
		read: standardInput,
		drained: () => drained(process.stdout),
	});
}

/** `modemscope decode HEX|-|FILE`: explains bytes, field by field. */
export async function decodeBytes(
	input: readonly string[],
	{ json, colour, from, columns, out, read, drained = async () => {} }: DecodeOptions,
): Promise<ExitCode> {
	if (from !== undefined && from !== 'host' && from !== 'modem') {
		throw new Problem(exitCode.usage, `"${sanitize(from)}" sends nothing.`, {
			next: 'use --from host or --from modem.',
		});
	}
	const written = (await writtenIn(input, read)).filter(({ bytes }) => bytes.length > 0);
	if (written.length === 0) throw nothingToDecode(input);
	const cwe = cweFrame(written[0]!.bytes);
	const found = cwe ? { ...cwe, at: 0 } : recognise(written[0]!.bytes);
	const frames = cwe ? [cwe] : framesOf(written, directionOf(from ?? found.sender));
	if (json) {
		out(jsonText(recognitionJson(found, written)));
		for await (const frame of inTurns(frames, drained)) out(jsonText(frameJson(frame)));
		return exitCode.done;
	}
	for (const row of wrap(sanitize(recognitionText(found)), columns)) out(row);
	for await (const frame of inTurns(frames, drained)) {
		out('');
		for (const row of frameText(frame, { columns, colour })) out(row);
	}
	return exitCode.done;
}

/** All of standard input, up to what is decoded at once. */
export async function standardInput(): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > longestInput) break;
	}
	return Buffer.concat(chunks);
}

const directionOf = (sender: string | undefined): Direction => (sender === 'host' ? 'out' : 'in');

function* framesOf(written: readonly Written[], unknown: Direction): Generator<Frame> {
	const whole = written.every(({ dir }) => dir !== undefined);
	const conversation = new Conversation({ fromTheStart: whole });
	const start = written.find(({ t }) => t !== undefined)?.t ?? 0;
	for (const { bytes, dir = unknown, t = start } of written) {
		for (let at = 0; at < bytes.length; at += piece) {
			yield* conversation.push(t - start, dir, bytes.subarray(at, at + piece));
		}
	}
	yield* conversation.flush();
}

/** Lets what was written go out now and then; it would pile up in memory. */
async function* inTurns(
	frames: Iterable<Frame>,
	drained: () => Promise<void>,
): AsyncGenerator<Frame> {
	let count = 0;
	for (const frame of frames) {
		if (++count % 1000 === 0) await drained();
		yield frame;
	}
}

async function writtenIn(
	input: readonly string[],
	read: () => Promise<Buffer>,
): Promise<Written[]> {
	const [first = ''] = input;
	if (input.length === 1 && first === '-') return written(await read(), 'standard input');
	const found = input.length === 1 ? await stat(first).catch(() => undefined) : undefined;
	if (!found) return fromArguments(input);
	if (!found.isFile() || found.size > longestInput) {
		const why = found.isFile() ? 'is longer than 64 MB' : 'is not a file';
		throw new Problem(exitCode.fileRejected, `${sanitize(first)} ${why}.`, {
			next: 'give it the part that matters, as bytes or as a hexdump.',
		});
	}
	const bytes = await readFile(first).catch((error: NodeJS.ErrnoException) => {
		const exit = error.code === 'EACCES' ? exitCode.noAccess : exitCode.failed;
		throw new Problem(exit, `${sanitize(first)} cannot be read (${error.code}).`, { cause: error });
	});
	return written(bytes, first);
}

/** Bytes that are no text are taken as they are. */
function written(bytes: Buffer, name: string): Written[] {
	if (bytes.length > longestInput) {
		throw new Problem(exitCode.fileRejected, `${sanitize(name)} is longer than 64 MB.`);
	}
	const isText = bytes.every(
		(byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127),
	);
	if (!isText && !startsLikeText(bytes)) return [{ bytes }];
	try {
		return readHexText(bytes.toString('utf8'));
	} catch (error) {
		if (!(error instanceof NotHex)) throw error;
		// AT lines and Firehose are text themselves.
		return [{ bytes }];
	}
}

/** A log with letters beyond ASCII in it; raw bytes have controls. */
const startsLikeText = (bytes: Buffer) => !/[\0-\x08\x0e-\x1f\ufffd]/.test(bytes.toString('utf8'));

function fromArguments(input: readonly string[]): Written[] {
	try {
		return readHexText(input.join(' '));
	} catch (error) {
		if (!(error instanceof NotHex)) throw error;
		const said = sanitize(input.join(' '));
		const shown = said.length > 60 ? `${said.slice(0, 60)}…` : said;
		const why = error.message.replace(/^line 1 is no hex$/, 'neither hex nor the name of a file');
		throw new Problem(exitCode.usage, `"${shown}": ${why}.`, {
			next: 'modemscope decode 7e7000001446 7e, a file, or - for standard input.',
			cause: error,
		});
	}
}

function nothingToDecode(input: readonly string[]): Problem {
	const isFile = input.length === 1 && input[0] !== '-';
	return new Problem(
		isFile ? exitCode.fileRejected : exitCode.usage,
		'There are no bytes to decode.',
		{ next: 'modemscope decode 7e7000001446 7e, a file, or - for standard input.' },
	);
}

function recognitionText({ protocol, name, certainty, because, at }: Recognised): string {
	if (certainty === 'none') return `No protocol that is known here: ${because}.`;
	const where = at > 0 ? `, from byte ${at} on` : '';
	return `${protocol} ${name} (${certainty}${where}): ${because}.`;
}

const recognitionJson = (found: Recognised, written: readonly Written[]) => ({
	recognised: found.protocol,
	name: sanitize(found.name),
	certainty: found.certainty,
	because: sanitize(found.because),
	at: found.at,
	bytes: written.reduce((sum, { bytes }) => sum + bytes.length, 0),
});

/** Numbers stay numbers where JSON can hold them; texts are made safe to show. */
const frameJson = ({ bytes, fields, name, description, because, problem, ...frame }: Frame) => ({
	...frame,
	name: sanitize(name),
	description: sanitize(description),
	because: sanitize(because),
	...(problem === undefined ? {} : { problem: sanitize(problem) }),
	length: bytes.length,
	hex: Buffer.from(bytes).toString('hex'),
	fields: fields.map(({ value, shown, ...field }) => ({
		...field,
		value:
			typeof value === 'bigint'
				? value.toString()
				: typeof value === 'string'
					? sanitize(value)
					: value,
		shown: sanitize(shown),
	})),
});
