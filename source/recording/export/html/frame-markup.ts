/** One frame of the page: who sent it, what it means, every byte, and how each value is composed. */
import { type DecodedField, expectedReplySentence } from '../../../protocol/fields.ts';
import type { TrafficFrame } from '../../log/traffic.ts';
import { element, escaped } from './markup.ts';

/** Bytes of one frame that are shown; of more, their number. */
const longestShown = 512;
const rowLength = 16;

export function frameMarkup(frame: TrafficFrame): string {
	const { bytes, description, dir, due, fields, name, number, payload, problem, protocol, t } =
		frame;
	const length = payload?.length ?? bytes.length;
	const arrow = dir === 'out' ? 'host → modem' : 'modem → host';
	const head = [
		element('span', { class: 'time' }, t.toFixed(3)),
		element('span', { class: 'way' }, arrow),
		element('b', {}, escaped(name)),
		element('span', { class: 'about' }, escaped(`${protocol}, ${length} bytes`)),
	].join(' ');
	const inner = [
		element('p', {}, escaped(description)),
		problem === undefined ? '' : element('p', { class: 'problem' }, escaped(problem)),
		due === undefined ? '' : element('p', { class: 'due' }, escaped(expectedReplySentence(due))),
		bytes.length === 0 ? '' : bytesMarkup(bytes, fields),
		fields.length === 0 ? '' : fieldsMarkup(bytes, fields),
	].join('');
	return element(
		'details',
		{ class: `frame ${dir}`, id: `f${number}` },
		element('summary', {}, head) + inner,
	);
}

/** The field that a byte belongs to, by its index. */
const fieldAt = (fields: readonly DecodedField[], at: number) =>
	fields.findIndex(({ offset, length }) => at >= offset && at < offset + length);

function bytesMarkup(bytes: Uint8Array, fields: readonly DecodedField[]): string {
	const shown = bytes.subarray(0, longestShown);
	const rows: string[] = [];
	for (let start = 0; start < shown.length; start += rowLength) {
		const row = [...shown.subarray(start, start + rowLength)];
		const cells = row.map((byte, index) => {
			const field = fieldAt(fields, start + index);
			return element(
				'i',
				{ 'data-f': field < 0 ? undefined : field },
				byte.toString(16).padStart(2, '0'),
			);
		});
		const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
		const offset = start.toString(16).padStart(4, '0');
		rows.push(
			`${offset}  ${cells.join(' ')}${'   '.repeat(rowLength - row.length)}  ${escaped(text.join(''))}`,
		);
	}
	if (bytes.length > shown.length) rows.push(`… ${bytes.length} bytes in all`);
	return element('pre', {}, rows.join('\n'));
}

function fieldsMarkup(bytes: Uint8Array, fields: readonly DecodedField[]): string {
	const rows = fields.map((field, index) => {
		const cells = [
			element('td', {}, field.offset.toString(16).padStart(4, '0')),
			element('th', { scope: 'row' }, escaped(field.name)),
			element('td', { class: 'value' }, escaped(field.shown)),
			element('td', { class: 'made' }, escaped(composition(bytes, field))),
			element(
				'td',
				{ class: 'means' },
				escaped([field.description, codeText(field)].join(' ').trim()),
			),
		];
		return element('tr', { 'data-f': index, tabindex: 0 }, cells.join(''));
	});
	return element('table', {}, rows.join(''));
}

const codeText = ({ code }: DecodedField) =>
	code === undefined ? '' : [code.means, code.next ?? ''].join(' ').trim();

/** How the value is made of its bytes: `80 02 00 00, lowest byte first: 0x00000280`. */
export function composition(bytes: Uint8Array, field: DecodedField): string {
	const { offset, length, type, endian } = field;
	if (type === 'text' || type === 'bytes') return '';
	const own = Buffer.from(bytes.subarray(offset, offset + length));
	if (length === 1) return `${own.toString('hex')}: one byte`;
	const order = endian === 'little' ? 'lowest byte first' : 'highest byte first';
	const number = (endian === 'little' ? own.reverse() : own).toString('hex');
	const read = Buffer.from(bytes.subarray(offset, offset + length)).toString('hex');
	return `${read.replace(/..(?=.)/g, '$& ')}, ${order}: 0x${number}`;
}
