/** The one door to the terminal of every command that draws no screen. */
import type { Writable } from 'node:stream';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Output } from './command.ts';

/** Characters that are written at once. */
const pieceLength = 64 * 1024;
/** Colour and weight of letters (ECMA-48, SGR), the only sequences that are ours. */
const colours = /(\x1b\[\d{1,2}m)/;

/**
 * Writes lines. What could drive a terminal is shown as dots, a line end in the middle too: names of
 * files, answers of modems and arguments are other people's.
 */
export function outputTo(
	stdout: Writable & { readonly columns?: number },
	stderr: Writable,
): Output {
	// Whoever reads us may stop reading: head, a closed terminal.
	stdout.on('error', () => {});
	stderr.on('error', () => {});
	return {
		out: (line) => stdout.write(`${sanitize(line)}\n`),
		painted: (line) =>
			stdout.write(
				`${line
					.split(colours)
					.map((part, index) => (index % 2 === 1 ? part : sanitize(part)))
					.join('')}\n`,
			),
		say: (line) => stderr.write(`${sanitize(line)}\n`),
		write: async (piece) => {
			if (!stdout.write(piece)) await drained(stdout);
		},
		columns: stdout.columns ?? 80,
	};
}

/** Lines in pieces of some length, each made safe to show: to write each by itself takes longer. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
	let piece = '';
	for (const line of lines) {
		piece += `${sanitize(line)}\n`;
		if (piece.length < pieceLength) continue;
		yield piece;
		piece = '';
	}
	if (piece !== '') yield piece;
}

/** Resolves when what was written has gone out, or when the reader is gone. */
export async function drained(stream: Writable): Promise<void> {
	if (!stream.writableNeedDrain) return;
	await new Promise<void>((resolve) => {
		const done = () => {
			for (const event of ['drain', 'close']) stream.off(event, done);
			resolve();
		};
		for (const event of ['drain', 'close']) stream.on(event, done);
	});
}
