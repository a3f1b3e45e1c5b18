import type { DecodedField } from '../../protocol/fields.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { TrafficFrame } from '../log/traffic.ts';
import { wrap } from './wrap.ts';

/** Frames up to this length are shown field by field and whole, bytes. */
const shortFrame = 64;
/** Where the details begin: far enough left for 16 bytes a row at 80 columns. */
const indent = 4;
const margin = ' '.repeat(indent);

/** The line that names a frame. */
export function frameTitle({ dir, name, protocol, bytes, port, payload }: TrafficFrame): string {
	const length = payload?.length ?? bytes.length;
	return `${dir === 'out' ? '>' : '<'} ${name}  ${protocol}, ${length} bytes, ${port}`;
}

/** What a frame says, its fields and its bytes, in rows no wider than `columns`. */
export function frameDetails(
	{ bytes, description, problem, fields }: TrafficFrame,
	columns: number,
) {
	const whole = bytes.length <= shortFrame;
	const words = [description, ...(problem === undefined ? [] : [`! ${problem}`])];
	return [
		...words.flatMap((text) => wrap(sanitize(margin + text), columns, indent)),
		...(whole ? fields.flatMap((field) => fieldRows(field, columns)) : []),
		...hexRows(bytes.subarray(0, shortFrame), columns - indent).map((row) => margin + row),
		...(whole ? [] : [`${margin}… ${bytes.length} in all`]),
	];
}

function fieldRows({ offset, name, shown, description }: DecodedField, columns: number): string[] {
	const known = `${margin}${hexOffset(offset)}  ${name.padEnd(13)} ${shown.padEnd(16)} `;
	return wrap(sanitize(known + description), columns, known.length);
}

const hexOffset = (offset: number) => offset.toString(16).padStart(4, '0');

/** Rows of a hexdump; 16 bytes a row where there is room. */
export function hexRows(bytes: Uint8Array, columns: number): string[] {
	const width = (count: number) => 4 + 2 + (count * 3 - 1) + 2 + (count + 2);
	const row = [16, 8, 4, 2].find((count) => width(count) <= columns) ?? 1;
	return Array.from({ length: Math.ceil(bytes.length / row) }, (_, index) => {
		const part = bytes.subarray(index * row, (index + 1) * row);
		const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
		const text = Array.from(part, (byte) =>
			byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
		).join('');
		return `${hexOffset(index * row)}  ${hex.padEnd(row * 3 - 1)}  |${text}|`;
	});
}
