import type { Recording } from '../file/record.ts';

/** Makes a recording of the text of some other tool. */
export type Importer = {
	/** What it reads, for a sentence: "a log of qmi-firmware-update". */
	readonly reads: string;
	recognise(firstLines: readonly string[]): boolean;
	/** `title` is the recording's title when the text has none of its own. */
	read(lines: readonly string[], title: string): Recording;
};

/** The start of a recording of a text that tells no date. */
export const unknownStart = '1970-01-01T00:00:00Z';

/** The command of a shell prompt at the start of a pasted line: `root@gateway:~# lsusb`. */
export function promptCommand(line: string): string | undefined {
	return /^\S+@\S*?[#$%] ?(.*)$/.exec(line)?.[1] ?? /^[#$] (.*)$/.exec(line)?.[1];
}
