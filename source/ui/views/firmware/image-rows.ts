/** The images of a firmware file as rows of a table. */
import type { ImageRange } from '../../../events.ts';
import type { ImageNode } from '../../../firmware/cwe/image-tree.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import type { About } from '../../list/filter.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped, hex } from '../../text/format.ts';
import { fitLeft, fitRight } from '../../text/lines.ts';

/** `read`: all of its bytes were, and the check of the file goes on behind them. */
export type ImageState = 'waiting' | 'checking' | 'read' | 'checked' | 'failed' | 'not checkable';

/** The worst that the checks say about an image; while they run, how far they are. */
export function imageState(
	{ checked, checks }: OpenFirmware,
	{ start, end }: ImageNode,
): ImageState {
	if (!checks) return checked >= end ? 'read' : checked > start ? 'checking' : 'waiting';
	const states = checks.filter(({ image }) => image === start).map(({ state }) => state);
	const worst = (['failed', 'not checkable'] as const).find((state) => states.includes(state));
	return worst ?? 'checked';
}

/** Columns of everything but the version, which takes what is left. */
const fixed = 60;

export const imageHead = (width: number): string =>
	`${fitLeft('OFFSET', 10)} ${fitLeft('TYPE', 9)} ${fitLeft('PROD', 5)}${fitRight('SIZE', 11)}  ${fitLeft('CRC', 8)}  ${fitLeft('VERSION', width - fixed)} CHECK`;

export function imageRow(
	appearance: Appearance,
	node: ImageNode,
	state: ImageState,
	width: number,
): string {
	const { start, depth, header } = node;
	const type = `${' '.repeat(Math.min(depth, 5))}${header.type}`;
	return [
		fitLeft(`0x${hex(start, 7)}`, 10),
		fitLeft(sanitize(type), 9),
		`${fitLeft(sanitize(header.product), 5)}${fitRight(grouped(header.size), 11)} `,
		`${hex(header.crc, 8)} `,
		fitLeft(sanitize(header.version), width - fixed),
		stateWord(appearance, state),
	].join(' ');
}

export const rangeHead = `${fitLeft('OFFSET', 20)} ${fitRight('TO', 10)} ${fitRight('BYTES', 12)}  TYPE`;

/** An image of which only its place is sure: a log does not always tell more. */
export function rangeRow(
	{ start, end, depth, type = '', version = '' }: ImageRange,
	width: number,
): string {
	const indented = `${' '.repeat(Math.min(depth, 5) * 2)}0x${hex(start, 7)}`;
	const place = `${fitLeft(indented, 20)} ${fitRight(`0x${hex(end, 7)}`, 10)} ${fitRight(grouped(end - start), 12)}`;
	return fitLeft(sanitize(`${place}  ${fitLeft(type, 5)} ${version}`), width);
}

/** What a filter can ask of an image, and of one that only a log tells of. */
export const imageFields = ['type', 'version', 'product', 'check'] as const;
export const rangeFields = ['type', 'version'] as const;

export function imageAbout({ start, header }: ImageNode, state: ImageState): About {
	const { type, version, product, date } = header;
	const check = state === 'checked' ? 'ok' : state;
	return {
		text: `0x${hex(start, 7)} ${type} ${product} ${version} ${date} ${check}`,
		fields: { type, version, product, check },
	};
}

export function rangeAbout({ start, end, type = '', version = '' }: ImageRange): About {
	return {
		text: `0x${hex(start, 7)} 0x${hex(end, 7)} ${type} ${version}`,
		fields: { type, version },
	};
}

function stateWord({ paint, symbols }: Appearance, state: ImageState): string {
	switch (state) {
		case 'waiting':
		case 'checking':
		case 'read':
			return paint.dim(state);
		case 'checked':
			return paint.good(symbols.done === 'ok' ? 'ok' : `${symbols.done} ok`);
		case 'failed':
			return paint.bad(`${symbols.failed} FAILED`);
		default:
			return paint.warn('? unknown');
	}
}
