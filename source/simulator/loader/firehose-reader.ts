import {
	type FirehoseElement,
	firehoseLength,
	parseFirehose,
} from '../../protocol/firehose/firehose.ts';
import type { Endpoint } from '../device/endpoint.ts';

/** Silence, seconds, after which line ends behind a document are not waited for any more. */
const lineEndsOver = 0.05;
/** A document that is longer than this without its end is given up, bytes. */
const longestDocument = 65_536;

const lessThan = 0x3c;
const isLineEnd = (byte: number) => byte === 0x0a || byte === 0x0d;

/** The first element of the next document; undefined when that is not well formed. */
export async function readDocument(pipe: Endpoint): Promise<FirehoseElement | undefined> {
	let bytes: Buffer = Buffer.alloc(0);
	for (;;) {
		bytes = withoutLineEnds(Buffer.concat([bytes, (await pipe.read())!]));
		const length = firehoseLength(bytes);
		if (length === undefined) {
			if (bytes.length > longestDocument) return undefined;
			continue;
		}
		pipe.unread(bytes.subarray(length));
		// The zeros that close a download lie before the next document, and spoil that one.
		if (bytes[0] !== lessThan) return undefined;
		const { elements, problem } = parseFirehose(bytes.subarray(0, length));
		return problem === undefined ? elements[0] : undefined;
	}
}

/** Without this, line ends that come late would be taken for the first bytes of an image. */
export async function dropLineEnds(pipe: Endpoint): Promise<void> {
	for (;;) {
		const bytes = await pipe.read(lineEndsOver);
		if (!bytes) return;
		const rest = withoutLineEnds(bytes);
		if (rest.length > 0) return pipe.unread(rest);
	}
}

function withoutLineEnds(bytes: Buffer) {
	const start = bytes.findIndex((byte) => !isLineEnd(byte));
	return bytes.subarray(start < 0 ? bytes.length : start);
}
