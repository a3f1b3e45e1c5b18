import type { EventOf, Header } from '../events.ts';
import { sanitize } from '../protocol/sanitize.ts';
import type { Look } from './look.ts';
import { hang, wrap } from './rows.ts';
import { clockTime } from './words.ts';

/** A finding in at most `height` rows: what it is, what it means, what to do next. */
export function findingRows(
	{ paint }: Look,
	finding: EventOf<'finding'> | undefined,
	width: number,
	height: number,
): string[] {
	const inner = width - 2;
	if (!finding) return [' Nothing unusual has been seen so far.'];
	const title = wrap(sanitize(`${finding.title} (${finding.certainty})`), inner);
	const means = wrap(sanitize(finding.means), inner);
	const next = finding.next.flatMap((step, index) =>
		hang(index === 0 ? 'Next: ' : '      ', sanitize(step), inner),
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

/** The findings so far, the newest first. */
export const findingList = (
	{ paint }: Look,
	header: Header,
	findings: readonly EventOf<'finding'>[],
): string[] =>
	findings
		.toReversed()
		.map(({ t, title }) => ` ${paint.dim(clockTime(header, t))} ${sanitize(title)}`);
