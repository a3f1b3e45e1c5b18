/** One frame of the traffic: its bytes, the field that is lit, and why it was sent. */

import { expectedReplySentence } from '../../../protocol/fields.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import { hexRows } from '../../components/hex-dump.ts';
import type { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped } from '../../text/format.ts';
import { fill, fitLeft, hangingIndent, type Size, wrap } from '../../text/lines.ts';
import { fieldSentence, fieldTable } from '../bridge/field-table.ts';

/** From this height on the answer that is due has room beside bytes and fields. */
const roomy = 14;

export const frameTitle = ({
	number,
	protocol,
	name,
	bytes,
	dir,
	port,
	payload,
}: TrafficFrame): string =>
	sanitize(
		// Where payload stands in its file is told below.
		`Frame ${number}  ${protocol} ${payload ? '' : `${name}  `}${payload?.length ?? bytes.length} B ${dir}  ${port.split('/').at(-1)}`,
	);

export function frameRows(
	appearance: Appearance,
	frame: TrafficFrame,
	{ fields, size, asText }: { fields: ListState; size: Size; asText: boolean },
): string[] {
	const { width, height } = size;
	const says = [
		...(frame.problem
			? hangingIndent(` ${appearance.symbols.warning} `, sanitize(frame.problem), width - 1).map(
					appearance.paint.bad,
				)
			: []),
		...hangingIndent(' ', sanitize(frame.description), width - 1),
		...(frame.due && height >= roomy
			? hangingIndent(' ', sanitize(expectedReplySentence(frame.due)), width - 1).map(
					appearance.paint.dim,
				)
			: []),
	];
	if (frame.payload) return [...payloadRows(frame.payload, width), '', ...says];
	if (asText) return textRows(frame, says, size);
	const field = frame.fields[fields.at];
	// The table needs room beside the bytes; without it the lit field alone is named.
	const needed = Math.ceil(frame.bytes.length / 16) + says.length + 3;
	const table = Math.min(frame.fields.length, height - Math.min(needed, height));
	const list = fieldTable(appearance, frame.fields, {
		list: fields,
		size: { width, height: Math.max(1, table) },
	});
	// The table names the field already.
	const sentence = field ? fieldSentence(appearance, field, width).slice(table > 0 ? 1 : 0) : [];
	const room = Math.max(1, height - table - sentence.length - says.length);
	const hex = hexRows(appearance, { bytes: frame.bytes, base: 0, width, height: room, lit: field });
	return [...hex, ...(table > 0 ? fill(list, { width, height: table }) : []), ...sentence, ...says];
}

function payloadRows(payload: NonNullable<TrafficFrame['payload']>, width: number): string[] {
	const { file, offset, length, padding = 0, sha256 } = payload;
	const rows: [string, string][] = [
		['file', sanitize(file)],
		['offset', `${grouped(offset)} (0x${offset.toString(16)})`],
		[
			'length',
			`${grouped(length)} bytes${padding > 0 ? `, then ${padding} zero bytes of padding` : ''}`,
		],
		['sha256', sha256],
	];
	return rows.flatMap(([name, value]) => hangingIndent(` ${fitLeft(name, 8)}`, value, width - 1));
}

/** What the bytes read as, line by line. */
function textRows(
	{ bytes }: TrafficFrame,
	says: readonly string[],
	{ width, height }: Size,
): string[] {
	const text = Buffer.from(bytes).toString('latin1');
	const lines = text.split(/\r\n|\r|\n/).flatMap((line) => wrap(sanitize(line), width - 2));
	const room = Math.max(1, height - says.length);
	return [...lines.slice(0, room).map((line) => ` ${line}`), ...says];
}
