/** What a modem has said, field by field. */
import type { Field } from '../../../at/answers/read.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Appearance } from '../../text/appearance.ts';
import { fitLeft, hconcat } from '../../text/lines.ts';

const nameWidth = (fields: readonly Field[], width: number) =>
	Math.min(width < 50 ? 18 : 22, Math.max(6, ...fields.map(({ name }) => name.length)));

export const fieldText = ({ value, means }: Field): string =>
	sanitize([value || '-', means ? `(${means})` : ''].filter(Boolean).join(' '));

/** A row a field; what is wrong stands out. */
export function fieldRows(
	{ paint }: Appearance,
	fields: readonly Field[],
	width: number,
): string[] {
	const names = nameWidth(fields, width);
	return fields.map((field) => {
		const text = fitLeft(fieldText(field), Math.max(8, width - names - 3));
		return fitLeft(
			` ${fitLeft(sanitize(field.name), names)}  ${field.wrong ? paint.bad(text) : text}`,
			width,
		);
	});
}

/** The same in two columns where they have to be short: in `height` rows, what is wrong first. */
export function fieldColumns(
	appearance: Appearance,
	fields: readonly Field[],
	{ width, height }: { width: number; height: number },
): string[] {
	if (fields.length <= height) return fieldRows(appearance, fields, width);
	const sorted = [...fields].sort((a, b) => Number(b.wrong ?? false) - Number(a.wrong ?? false));
	const half = Math.floor(width / 2);
	const left = fieldRows(appearance, sorted.slice(0, height), half);
	const right = fieldRows(appearance, sorted.slice(height, height * 2), width - half);
	return hconcat(left, right);
}
