/** The fields of a message, beside their bytes in the hex pane. */
import type { DecodedField } from '../../../protocol/fields.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import type { Size } from '../../text/lines.ts';
import { fitLeft, hangingIndent, shorten } from '../../text/lines.ts';
import { listRows } from './list-rows.ts';

const typeLabel = ({ type, endian, length }: DecodedField) => {
	if (type === 'text' || type === 'bytes') return `${type} ${length}`;
	return type === 'u8' ? 'u8' : `${type} ${endian === 'little' ? 'LE' : 'BE'}`;
};

const nameWidth = (fields: readonly DecodedField[]) =>
	Math.min(18, Math.max(6, ...fields.map(({ name }) => name.length)));

export const fieldCopied = (field: DecodedField): string =>
	`${field.name}  ${typeLabel(field)}  ${sanitize(field.shown)}`;

/** One field in a row: its name, its kind, its value. */
const fieldRow = (field: DecodedField, names: number, width: number) =>
	`${fitLeft(field.name, names)}  ${fitLeft(typeLabel(field), 8)} ${shorten(sanitize(field.shown), Math.max(8, width - names - 12))}`;

export function fieldTable(
	appearance: Appearance,
	fields: readonly DecodedField[],
	{ list, size }: { list: ListState; size: Size },
): string[] {
	const names = nameWidth(fields);
	return listRows(appearance, {
		list,
		first: 0,
		end: fields.length,
		size,
		focused: true,
		row: (index) => fieldRow(fields[index]!, names, size.width),
		copy: (index) => fieldCopied(fields[index]!),
		source: fields,
	});
}

/** The one field that is lit, with the sentence that explains it. */
export function fieldSentence(
	appearance: Appearance,
	field: DecodedField,
	width: number,
): string[] {
	const row = fieldRow(field, field.name.length, width - 1);
	return [` ${appearance.paint.strong(row)}`, ...hangingIndent(' ', field.description, width - 1)];
}
