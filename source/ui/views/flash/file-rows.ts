import { basename } from 'node:path';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Appearance } from '../../text/appearance.ts';

/**
 * A row for each file of a flash, in the order in which they are sent: numbered where there are
 * several, and marked where the modem has accepted it.
 */
export function fileRows(
	{ paint, symbols }: Pick<Appearance, 'paint' | 'symbols'>,
	{ file, others = [] }: { readonly file: string; readonly others?: readonly string[] | undefined },
	accepted: number,
): string[] {
	return [file, ...others].map((path, index) => {
		const number = others.length > 0 ? `${index + 1} ` : '';
		const mark = index < accepted ? paint.good(` ${symbols.done} accepted`) : '';
		return ` ${number}${paint.strong(sanitize(basename(path)))}${mark}`;
	});
}
