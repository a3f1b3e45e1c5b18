/** One frame of the traffic in words: what is wrong with it, why it was sent, what is due. */
import { expectedReplySentence } from '../../../protocol/fields.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped } from '../../text/format.ts';
import { fitLeft, hangingIndent, type Size, wrap } from '../../text/lines.ts';

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

export function frameWords(
	{ paint, symbols }: Appearance,
	{ problem, description, due }: TrafficFrame,
	{ width, height }: Size,
): string[] {
	const says = (lead: string, text: string) => hangingIndent(lead, sanitize(text), width - 1);
	return [
		...(problem ? says(` ${symbols.warning} `, problem).map(paint.bad) : []),
		...says(' ', description),
		...(due && height >= roomy ? says(' ', expectedReplySentence(due)).map(paint.dim) : []),
	];
}

export function payloadRows(
	payload: NonNullable<TrafficFrame['payload']>,
	width: number,
): string[] {
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
export function textRows({ bytes }: TrafficFrame, width: number): string[] {
	const text = Buffer.from(bytes).toString('latin1');
	return text
		.split(/\r\n|\r|\n/)
		.flatMap((line) => wrap(sanitize(line), width - 2))
		.map((line) => ` ${line}`);
}
