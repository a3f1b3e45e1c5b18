/** What is measured between the cursors, and what happened beside the life of the port, as rows. */
import type { Header } from '../../../events.ts';
import { type LaneWindow, lanesOf } from '../../../session/lanes.ts';
import type { SessionModels } from '../../../session/session.ts';
import { histogram } from '../../../usb/timeline/figures.ts';
import type { Measured } from '../../../usb/timeline/measure.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime } from '../../text/format.ts';
import { cut, fitLeft, fitRight, sliceAfter, spaceBetween, widthOf } from '../../text/lines.ts';
import type { TimeCursors } from './time-cursors.ts';
import type { UsbState } from './usb-state.ts';

/** Parts of a histogram. */
const bins = 8;
/** Columns of a row of figures with its histogram. */
const withHistogram = 72;

/** To the millisecond, as far as a wall is read. */
export const secondsWords = (seconds: number): string => `${seconds.toFixed(3)} s`;

const names: Readonly<Partial<Record<Measured['what'], string>>> = {
	application: 'app',
	loader: 'boot',
};

/** Where the cursors stand and how far apart; then how long it was in each mode, and gone. */
export function measureRows(
	appearance: Appearance,
	header: Header,
	{ cursors, measured }: UsbState,
	width: number,
): string[] {
	const { paint } = appearance;
	const { a, b, range, isZoomed } = cursors;
	const at = (name: string, t: number | undefined) =>
		t === undefined ? '' : `${paint.strong(name)} ${clockTime(header, t)}  `;
	const between = range ? secondsWords(range.to - range.from) : '';
	const zoom = `z ${isZoomed ? 'all' : 'zoom'}`;
	const keys = range
		? ['[ ] move', zoom, 'Esc ends']
		: [`${a === undefined ? 'x sets A' : 'X sets B'} on another row`, '[ ] move'];
	const times = ` ${at('A', a)}${at('B', b)}${between}`;
	const room = width - widthOf(times) - 2;
	while (keys.length > 0 && widthOf(keys.join('  ')) > room) keys.pop();
	const head = spaceBetween(times, `${paint.dim(keys.join('  '))} `, width);
	return [head, ...measured.map((each) => figuresRow(appearance, each, width))];
}

function figuresRow(
	{ symbols, paint }: Appearance,
	{ what, times, figures }: Measured,
	width: number,
): string {
	const { count, min, median, max, jitter } = figures;
	const figure = (value: number) => fitRight(value.toFixed(2), 6);
	const says = ` ${fitLeft(names[what] ?? what, 6)}${fitRight(String(count), 3)}${symbols.times} min${figure(min)} median${figure(median)} max${figure(max)} jitter${figure(jitter)} s`;
	if (width < withHistogram || count < 3) return fitLeft(says, width);
	const counts = histogram(times, bins);
	const most = Math.max(...counts);
	const bar = (each: number) =>
		each === 0 ? ' ' : symbols.bars[Math.ceil((each / most) * 8) - 1]!;
	return fitLeft(`${says}  ${paint.modem(counts.map(bar).join(''))}`, width);
}

/** The letters of the cursors in the life of their port. */
export function withCursors(
	{ paint }: Appearance,
	row: string,
	{ a, b }: TimeCursors,
	{ first, step }: { readonly first: number; readonly step: number },
): string {
	const put = (under: string, letter: string, t: number | undefined) => {
		if (t === undefined) return under;
		const column = Math.floor((t - first) / step);
		const rest = sliceAfter(under, column + 1);
		return column < 0 || (rest === '' && cut(under, column) === under)
			? under
			: `${cut(under, column)}${paint.strong(letter)}${rest}`;
	};
	return put(put(row, 'A', a), 'B', b);
}

/** Each kind of thing on the time axis of the timelines. */
export function laneRows(
	{ paint }: Appearance,
	models: Pick<SessionModels, 'lanes'>,
	window: LaneWindow,
	label: number,
): string[] {
	return lanesOf(models, window).map(({ name, signs, unheard }) => {
		if (unheard)
			return ` ${fitLeft(name, label)}${paint.dim(cut('no kernel log is recorded', signs.length))}`;
		const painted = name === 'phase' ? signs : signs.replaceAll(/[!xe]+/g, (bad) => paint.bad(bad));
		return ` ${fitLeft(name, label)}${painted} `;
	});
}
