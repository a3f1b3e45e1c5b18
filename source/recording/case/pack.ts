/** Packs what one needs to understand a case: gzip of tar, with a list and hashes in front. */
import { createHash } from 'node:crypto';
import type { Event, Header } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { type RecordingStream, recordLine } from '../log/record.ts';
import { type Known, maskRecording } from '../privacy/mask-recording.ts';
import { type CaseFile, caseFiles, type Manifest, manifestName } from './manifest.ts';
import { padding, tarEnd, tarHeader } from './tar.ts';

export type CaseParts = {
	readonly recording: RecordingStream;
	/** The events of a snapshot, where one was taken. */
	readonly snapshot?: readonly Event[] | undefined;
	/** Lines of text. */
	readonly doctor: readonly string[];
	readonly kernel: readonly string[];
};

export type PackOptions = {
	readonly versions: Manifest['versions'];
	/** When it is packed, as ISO 8601. */
	readonly packed: string;
	/** What is hidden besides identifiers; undefined lets everything out as it is. */
	readonly mask: Known | undefined;
};

export type Packed = {
	readonly manifest: Manifest;
	/** Of the archive, before gzip. */
	readonly size: number;
	/** The archive, a piece at a time; it reads the recording anew. */
	pieces(): Generator<Buffer>;
};

/** Walks over the recording to learn sizes and hashes; `pieces` walks over it once more. */
export function packCase(parts: CaseParts, { versions, packed, mask }: PackOptions): Packed {
	const contents = contentsOf(parts, mask);
	const files = contents.map(([name, lines]) => {
		const hash = createHash('sha256');
		let size = 0;
		for (const line of lines()) {
			hash.update(line);
			size += line.length;
		}
		return { name, size, sha256: hash.digest('hex'), what: caseFiles[name] };
	});
	const manifest: Manifest = {
		...{ modemscopeCase: 1, packed, masked: mask !== undefined },
		...{ versions, files },
	};
	const list = Buffer.from(`${JSON.stringify(manifest, undefined, '\t')}\n`);
	const time = Math.floor(Date.parse(packed) / 1000);
	function* pieces(): Generator<Buffer> {
		yield* [tarHeader(manifestName, list.length, time), list, padding(list.length)];
		for (const [index, { name, size }] of files.entries()) {
			yield tarHeader(name, size, time);
			yield* contents[index]![1]();
			yield padding(size);
		}
		yield tarEnd();
	}
	return { manifest, pieces, size: files.reduce((sum, { size }) => sum + size, list.length) };
}

type Content = readonly [CaseFile, () => Iterable<Buffer>];

/**
 * One mask for one value in all files: they are masked as one recording, behind one another, and taken
 * apart again.
 */
function contentsOf(parts: CaseParts, mask: Known | undefined): Content[] {
	const { recording, snapshot = [], doctor, kernel } = parts;
	const texts = [...doctor, ...kernel].map(asEvent);
	function* all(): Generator<Event> {
		yield* recording.events;
		yield* snapshot;
		yield* texts;
	}
	const whole: RecordingStream = { ...headOf(recording), events: { [Symbol.iterator]: all } };
	const { header, events } = mask ? maskRecording(whole, mask) : whole;
	const behind = snapshot.length + texts.length;
	const tail: Event[] = [];
	// What stands behind the recording is little, and is held; the recording is not.
	for (const event of events) {
		tail.push(event);
		if (tail.length > behind) tail.shift();
	}
	const textsOf = (from: number, count: number) => () =>
		tail.slice(from, from + count).map((event) => Buffer.from(`${textOf(event)}\n`));
	const contents: Content[] = [['recording.ndjson', () => recordingLines(header, events, behind)]];
	if (snapshot.length > 0) {
		const head = { ...header, title: 'the state of the modem, as AT commands tell it' };
		const lines = [head, ...tail.slice(0, snapshot.length)];
		contents.push(['snapshot.ndjson', () => lines.map((line) => Buffer.from(recordLine(line)))]);
	}
	contents.push(['doctor.txt', textsOf(snapshot.length, doctor.length)]);
	contents.push(['kernel.log', textsOf(snapshot.length + doctor.length, kernel.length)]);
	return contents;
}

const headOf = ({ header, notes }: RecordingStream) => ({ header, notes });

function* recordingLines(
	header: Header,
	events: Iterable<Event>,
	behind: number,
): Generator<Buffer> {
	yield Buffer.from(recordLine(header));
	const held: Event[] = [];
	for (const event of events) {
		held.push(event);
		if (held.length > behind) yield Buffer.from(recordLine(held.shift()!));
	}
}

/** Longer lines say nothing more; an event holds 64 KiB. */
const longestText = 4096;
const asEvent = (text: string): Event => ({
	...{ t: 0, source: 'log', type: 'note' },
	text: sanitize(text.slice(0, longestText)),
});
const textOf = (event: Event): string => (event.type === 'note' ? event.text : '');
