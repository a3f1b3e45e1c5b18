import type { EventOf, Header } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime } from '../../text/format.ts';
import { hangingIndent, wrap } from '../../text/lines.ts';

/** A finding in at most `height` rows: what it is, what it means, what to do next. */
export function findingRows(
	{ paint }: Appearance,
	finding: EventOf<'finding'> | undefined,
	width: number,
	height: number,
): string[] {
	const inner = width - 2;
	if (!finding) return [' Nothing unusual has been seen so far.'];
	const title = wrap(sanitize(`${finding.title} (${finding.certainty})`), inner);
	const means = wrap(sanitize(finding.means), inner);
	const next = finding.next.flatMap((step, index) =>
		hangingIndent(index === 0 ? 'Next: ' : '      ', sanitize(step), inner),
	);
	const rows = [
		...title.map((row) => paint.strong(row)),
		...means,
		...next.map((row) => paint.warn(row)),
	];
	const source = wrap(sanitize(`Known from: ${finding.reference}`), inner).map(paint.dim);
	if (rows.length + source.length < height) rows.push('', ...source);
	// Where not all has room, the next step is worth more than the reasons.
	const missing = rows.length - height;
	if (missing > 0)
		rows.splice(Math.max(title.length, title.length + means.length - missing), missing);
	return rows.slice(0, Math.max(0, height)).map((row) => ` ${row}`);
}

/** A finding as a row of a list. */
export const findingRow = (
	{ paint }: Appearance,
	header: Header,
	{ t, title }: EventOf<'finding'>,
): string => `${paint.dim(clockTime(header, t))} ${sanitize(title)}`;

/** The same without colours, for search and for a copy. */
export const findingText = (header: Header, { t, title }: EventOf<'finding'>): string =>
	`${clockTime(header, t)} ${sanitize(title)}`;

export const findingCopied = (finding: EventOf<'finding'>): string[] => [
	`${finding.title} (${finding.certainty})`,
	finding.means,
	...finding.next.map((step) => `Next: ${step}`),
	`Rule ${finding.rule}. Known from: ${finding.reference}`,
];
