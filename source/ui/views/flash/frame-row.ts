/** A frame of the traffic in a row, to a filter, and as it is copied. */
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import type { Appearance } from '../../text/appearance.ts';
import { hex } from '../../text/format.ts';
import { fitLeft, fitRight } from '../../text/lines.ts';

/** What a filter can ask of a frame. */
export const frameFields = ['protocol', 'dir', 'name', 'port', 'type'] as const;

export function frameAbout({ protocol, dir, name, port, problem, payload }: TrafficFrame) {
	const type = problem ? 'problem' : payload ? 'payload' : 'message';
	const fields = { protocol, dir, name: sanitize(name), port, type };
	return { text: `${protocol} ${fields.name} ${problem ?? ''}`, fields };
}

const lengthOf = ({ payload, bytes }: TrafficFrame) => payload?.length ?? bytes.length;

export function frameRow(
	appearance: Appearance,
	frame: TrafficFrame,
	marked: boolean,
	width: number,
): string {
	const { paint, symbols } = appearance;
	const { number, t, dir, protocol, name, problem, payload } = frame;
	const way = dir === 'in' ? paint.modem('<-') : paint.ours('->');
	const sign = marked ? paint.warn('*') : problem ? paint.bad(symbols.warning) : ' ';
	// The file is the same all along; the frame pane names it.
	const short = payload ? `bytes from ${payload.offset}` : name;
	const text = sanitize(`${fitLeft(protocol, 8)} ${short}`);
	const what = fitLeft(text, Math.max(4, width - 26));
	const length = fitLeft(String(lengthOf(frame)), 6);
	return `${String(number).padStart(4, '0')} ${fitRight(t.toFixed(3), 9)} ${way} ${length}${sign}${problem ? paint.bad(what) : what}`;
}

/** The frame with all its bytes, on one line. */
export function frameCopied({ payload, ...frame }: TrafficFrame): string {
	const { number, t, dir, protocol, name, bytes } = frame;
	const way = dir === 'in' ? '<-' : '->';
	const data = payload
		? `sha256 ${payload.sha256}`
		: Array.from(bytes, (byte) => hex(byte, 2)).join(' ');
	return `${number}  ${t.toFixed(3)}  ${way} ${payload?.length ?? bytes.length}  ${protocol} ${sanitize(name)}  ${data}`;
}
