import type { Line } from './line.ts';
import type { Paste } from './paste.ts';

/** Reads the lines of one tool. Lines of other tools may stand between them. */
export type LineReader = {
	/** True when the line is this tool's. Every line is shown to one reader after the other until one takes it. */
	take(line: Line): boolean;
	/** It waits for the rest of an answer: a line that may be another tool's too is its own. */
	readonly isWaiting?: boolean;
	/** Somebody typed a command at a shell: what was said before it has ended. */
	command?(command: string, line: Line): void;
	/** The text has ended. */
	end?(): void;
	/** What the text leaves open, for the recording's origin: "it has no times". */
	caveat?(): string | undefined;
};

/** Makes events of the text of some other tool. */
export type Importer = {
	/** What it reads, for a sentence: "a log of qmi-firmware-update". */
	readonly reads: string;
	/** Its lines cannot be another's, not even an answer that one waits for. */
	readonly isSure?: true;
	begin(paste: Paste): LineReader;
};

/** The start of a recording of a text that tells no date. */
export const unknownStart = '1970-01-01T00:00:00Z';
