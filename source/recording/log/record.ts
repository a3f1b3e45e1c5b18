/** A recording on disk: a line of header, then one event a line, each a JSON object (NDJSON). */
import * as v from 'valibot';
import {
	type Event,
	eventSchema,
	type Header,
	headerSchema,
	recordingFormat,
} from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { quickCheckOf } from './quick-check.ts';

export type Recording = {
	readonly header: Header;
	readonly events: readonly Event[];
	/** What was wrong with the file, in sentences. */
	readonly notes: readonly string[];
};

/** A recording that need not be in memory: each walk over `events` reads it anew. */
export type RecordingStream = {
	readonly header: Header;
	readonly events: Iterable<Event>;
	/** As of the last walk. */
	readonly notes: readonly string[];
	/** Walks over the events with this word in them only, where that is quicker. */
	readonly withWord?: (word: string) => Iterable<Event>;
};

export const recordLine = (record: Header | Event): string => `${JSON.stringify(record)}\n`;

/** What a line holds, or why it does not. */
export type Parsed<T> = { value: T } | { why: string };

const isEvent = quickCheckOf(eventSchema);

export const parseEvent = (line: string): Parsed<Event> => parse(eventSchema, line, isEvent);

export function parseHeader(line: string): Parsed<Header> {
	const found = parse(v.object({ modemscope: v.pipe(v.number(), v.integer()) }), line);
	if ('why' in found) return found;
	const { modemscope } = found.value;
	if (modemscope > recordingFormat)
		return { why: `it is of format ${modemscope}, from a newer modemscope` };
	return parse(headerSchema, line);
}

function parse<T>(
	schema: v.GenericSchema<unknown, T>,
	line: string,
	isFine: (json: unknown) => boolean = () => false,
): Parsed<T> {
	let json: unknown;
	try {
		json = JSON.parse(line);
	} catch {
		return { why: 'it is not JSON' };
	}
	if (isFine(json)) return { value: json as T };
	const result = v.safeParse(schema, json, { abortEarly: true });
	if (result.success) return { value: result.output };
	const [issue] = result.issues;
	const where = v.getDotPath(issue);
	return { why: sanitize(`${where ? `${where}: ` : ''}${issue.message}`.slice(0, 120)) };
}
