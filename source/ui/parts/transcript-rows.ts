import type { TranscriptLine } from '../../at/transcript.ts';
import type { Header } from '../../events.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import type { Look } from '../look.ts';
import { apart } from '../rows.ts';
import { clockTime } from '../words.ts';

/** One line of the AT conversation, with how long its answer took. */
export function transcriptRow(
	{ paint }: Look,
	header: Header,
	{ t, kind, text, seconds }: TranscriptLine,
	width: number,
): string {
	const color = { '>': paint.ours, '<': paint.modem, '*': paint.dim }[kind];
	const took = seconds === undefined ? '' : `${Math.round(seconds * 1000)} ms `;
	const said = color(`${kind} ${sanitize(text)}`);
	return apart(`${paint.dim(clockTime(header, t))} ${said}`, took, width);
}
