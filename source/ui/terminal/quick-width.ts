/**
 * What the build puts in the place of string-width, which loads Unicode's tables at the start and
 * asks them about each sign: our own signs and colours are counted here, the rest over there.
 */
import type { Options } from 'string-width';
import { isNarrow } from '../text/narrow.ts';

const colors = /\u001b\[[\d;]*m/g;

/** Columns that a text takes. */
export default function quickWidth(text: string, options?: Options): number {
	const stripColors = text.includes('\u001b') ? text.replace(colors, '') : text;
	if (!options && isNarrow(stripColors)) return stripColors.length;
	const full: typeof import('string-width') = require('string-width');
	return full.default(text, options);
}
