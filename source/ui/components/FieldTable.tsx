/** The fields of a message, beside their bytes in a hex dump. */
import type { DecodedField } from '../../protocol/fields.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { ListItems, ListState } from '../list/list-state.ts';
import type { Appearance } from '../text/appearance.ts';
import { fitLeft, hangingIndent, type Size } from '../text/lines.ts';
import { List } from './List.tsx';

type FieldTableProps = {
	readonly fields: readonly DecodedField[];
	readonly list: ListState;
	readonly size: Size;
	/** The mouse has chosen this list. */
	readonly onFocus: () => void;
};

/** Every field, one a row: its name, its kind, its value. */
export function FieldTable({ fields, list, size, onFocus }: FieldTableProps) {
	const names = nameWidth(fields, size.width);
	return (
		<List
			list={list}
			size={size}
			focused
			row={(index) => fieldRow(fields[index]!, names, size.width)}
			onFocus={onFocus}
		/>
	);
}

export const fieldItems = (fields: readonly DecodedField[]): ListItems => ({
	first: 0,
	end: fields.length,
	about: (index) => ({ text: fieldCopied(fields[index]!) }),
	copy: (index) => fieldCopied(fields[index]!),
	source: fields,
});

export const fieldCopied = (field: DecodedField): string =>
	`${field.name}  ${typeLabel(field)}  ${sanitize(field.shown)}`;

/** The one field that is lit, with the sentence that explains it. */
export function fieldSentence({ paint }: Appearance, field: DecodedField, width: number): string[] {
	const row = fieldRow(field, field.name.length, width - 1);
	return [` ${paint.strong(row)}`, ...hangingIndent(' ', field.description, width - 1)];
}

const fieldRow = (field: DecodedField, names: number, width: number) =>
	`${fitLeft(field.name, names)}  ${fitLeft(typeLabel(field), 8)} ${fitLeft(sanitize(field.shown), Math.max(8, width - names - 12))}`;

const typeLabel = ({ type, endian, length }: DecodedField) => {
	if (type === 'text' || type === 'bytes') return `${type} ${length}`;
	return type === 'u8' ? 'u8' : `${type} ${endian === 'little' ? 'LE' : 'BE'}`;
};

/** Columns that a value keeps beside a long name, and its kind. */
const valueNeeds = 32;

const nameWidth = (fields: readonly DecodedField[], width: number) =>
	Math.min(Math.max(18, width - valueNeeds), Math.max(6, ...fields.map(({ name }) => name.length)));
