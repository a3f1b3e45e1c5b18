import type { EventOf, Header } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Situation } from '../../../session/situation/standing.ts';
import { inKeys } from '../../actions/console-words.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime } from '../../text/format.ts';
import { hangingIndent, type Size, wrap } from '../../text/lines.ts';

export type Meaning = {
	/** Where something was found, that; else what is known. */
	readonly title: string;
	readonly means: string;
	/** The next steps, the one to take now first. */
	readonly next: readonly string[];
	readonly source: string;
};

/** What a situation means where nothing was found, or what was found first in it. */
export function leadingMeaning(situation: Situation, keys: string | undefined): Meaning {
	const { says, countdown, next, steps, findings } = situation;
	const [finding] = findings;
	const step = next && (keys === undefined ? next.says : `${keys}  ${next.says}`);
	const all = [...(step === undefined ? [] : [step]), ...steps.map(inKeys)];
	if (!finding) return { title: says, means: countdown ?? '', next: all, source: '' };
	const means = [countdown, finding.means].filter(Boolean).join(' ');
	return { ...findingMeaning(finding), means, next: all };
}

const findingMeaning = ({
	title,
	certainty,
	means,
	next,
	reference,
	rule,
}: EventOf<'finding'>): Meaning => ({
	title: `${title} (${certainty})`,
	means,
	next: next.map(inKeys),
	source: `Rule ${rule}. Known from: ${reference}`,
});

/** What was found before: what it advised holds no more once it is over. */
export function chosenMeaning(finding: EventOf<'finding'>, isCurrent: boolean): Meaning {
	const meaning = findingMeaning(finding);
	return isCurrent ? meaning : { ...meaning, title: `${meaning.title}, over`, next: [] };
}

/** In at most `height` rows: what it is, what it means, what to do next; and how many rows that leaves out. */
export function meaningRows(
	{ paint }: Appearance,
	meaning: Meaning,
	{ width, height }: Size,
): { readonly rows: readonly string[]; readonly hidden: number } {
	const inner = width - 2;
	const rowsOf = (text: string) => (text === '' ? [] : wrap(sanitize(text), inner));
	const title = rowsOf(meaning.title).map((row) => paint.strong(row));
	const means = rowsOf(meaning.means);
	const [first = [], ...others] = meaning.next.map((step, index) =>
		hangingIndent(index === 0 ? 'Next: ' : '      ', sanitize(step), inner).map(paint.warn),
	);
	const rows = [...title, ...means, ...first, ...others.flat()];
	const source = rowsOf(meaning.source).map(paint.dim);
	if (source.length > 0 && rows.length + source.length < height) rows.push('', ...source);
	const shown = rows.length <= height ? rows : shortened({ title, means, first, others, height });
	return { rows: shown.map((row) => ` ${row}`), hidden: rows.length - shown.length };
}

type Parts = {
	readonly title: readonly string[];
	readonly means: readonly string[];
	readonly first: readonly string[];
	readonly others: readonly (readonly string[])[];
	readonly height: number;
};

/** The step to take now goes before the reasons, the reasons before the other steps; no step is cut. */
function shortened({ title, means, first, others, height }: Parts): string[] {
	let room = Math.max(0, height - first.length);
	const names = title.slice(0, room);
	room -= names.length;
	const reasons = means.slice(0, room);
	room -= reasons.length;
	const steps: string[] = [];
	for (const step of others) {
		if (step.length > room) break;
		steps.push(...step);
		room -= step.length;
	}
	return [...names, ...reasons, ...first, ...steps].slice(0, Math.max(0, height));
}

/** A finding as a row of a list. */
export function findingRow(
	{ paint }: Appearance,
	header: Header,
	{ t, title }: EventOf<'finding'>,
	isCurrent: boolean,
): string {
	const time = paint.dim(clockTime(header, t));
	return isCurrent ? `${time} ! ${sanitize(title)}` : `${time}   ${paint.dim(sanitize(title))}`;
}

/** The last row of that list: how things stand. */
export const nowRow = (
	{ paint }: Appearance,
	header: Header,
	now: number,
	{ words }: Situation,
): string => `${paint.dim(clockTime(header, now))}   now: ${words}`;

/** The same without colours, for search and for a copy. */
export const findingText = (header: Header, { t, title }: EventOf<'finding'>): string =>
	`${clockTime(header, t)} ${sanitize(title)}`;

export const findingCopied = (finding: EventOf<'finding'>): string[] => [
	`${finding.title} (${finding.certainty})`,
	finding.means,
	...finding.next.map((step) => `Next: ${step}`),
	`Rule ${finding.rule}. Known from: ${finding.reference}`,
];
