/**
 * A film of a terminal for asciinema and its players: asciicast v2, a line of header, then what was
 * written and when. Source: https://docs.asciinema.org/manual/asciicast/v2/
 */
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';

export type Film = {
	readonly columns: number;
	readonly rows: number;
	readonly title: string;
	/** What the terminal shows, in order; a shot may carry a mark that players can jump to. */
	readonly shots: Iterable<Shot>;
};

export type Shot = {
	/** Seconds since the start of the film. */
	readonly at: number;
	/** What is written to the terminal. */
	readonly text: string;
	readonly mark?: string;
};

export function* asciicast({ columns, rows, title, shots }: Film): Generator<string> {
	const env = { TERM: 'xterm-256color' };
	yield line({ version: 2, width: columns, height: rows, title: sanitize(title), env });
	for (const { at, text, mark } of shots) {
		const time = Math.round(at * 1000) / 1000;
		yield line([time, 'o', text]);
		if (mark !== undefined) yield line([time, 'm', mark]);
	}
}

const line = (value: unknown) => `${jsonText(value)}\n`;
