/**
 * What the build puts in the place of string-width, which loads Unicode's tables at the start and
 * asks them about each sign: our own signs and colours are counted here, the rest over there.
 */
import type { Options } from 'string-width';
import { narrowWidth } from '../text/narrow.ts';

/** Columns that a text takes. */
export default function quickWidth(text: string, options?: Options): number {
	const width = options ? undefined : narrowWidth(text);
	if (width !== undefined) return width;
	const full: typeof import('string-width') = require('string-width');
	return full.default(text, options);
}
