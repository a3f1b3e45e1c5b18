/** Where a replay is, on one row: its phases, its marks, what went wrong, and how long ago the event before was. */
import type { Event } from '../../events.ts';
import type { Player, Session } from '../../session/session.ts';
import type { Appearance } from '../text/appearance.ts';
import { finely } from '../text/format.ts';
import { fitLeft, widthOf } from '../text/lines.ts';

/** The bar, in columns of the row. */
export type Bar = { readonly left: number; readonly width: number };

/** Signs of the bar, later ones over earlier ones. */
const legend = { phase: '|', mark: 'm', warning: 'w', error: '!' } as const;
type Sign = keyof typeof legend;
type Overview = NonNullable<Player['overview']>;

export function scrubberRow(
	{ paint, symbols }: Appearance,
	session: Session,
	width: number,
): { readonly row: string; readonly bar: Bar } | undefined {
	const { player } = session;
	if (!player?.overview || player.end <= 0) return undefined;
	const left = ` ${finely(player.t)} `;
	const right = ` ${finely(player.end)}${phaseWords(session)}${deltaWords(session)} `;
	const bar = { left: widthOf(left), width: Math.max(1, width - widthOf(left) - widthOf(right)) };
	const at = columnAt(player.t, player.end, bar);
	const signs = signsOf(player, player.overview, bar.width);
	const colors = { phase: paint.title, mark: paint.modem, warning: paint.warn, error: paint.bad };
	const cells = signs.map((sign, column) => {
		if (column === at) return paint.strong(symbols.full);
		if (sign !== undefined) return colors[sign](legend[sign]);
		return column < at ? symbols.double : symbols.line;
	});
	return { row: fitLeft(`${left}${cells.join('')}${right}`, width), bar };
}

const signsMade = new WeakMap<Overview, { of: string; signs: readonly (Sign | undefined)[] }>();

/** A sign for each column; of a long recording they are very many things, and so kept until there are more. */
function signsOf({ marks, end }: Player, overview: Overview, width: number) {
	const { remarks, phases } = overview;
	const of = [phases.length, marks.length, remarks.total, end, width].join(' ');
	const made = signsMade.get(overview);
	if (made?.of === of) return made.signs;
	const signs: (Sign | undefined)[] = new Array(width).fill(undefined);
	const put = (t: number, sign: Sign) => {
		signs[columnAt(t, end, { width })] = sign;
	};
	for (const { t } of phases) put(t, 'phase');
	for (const { t } of marks) put(t, 'mark');
	for (const severity of ['warning', 'error'] as const)
		for (const remark of remarks.all)
			if (remark.severity === severity) put(remark.place.t, severity);
	signsMade.set(overview, { of, signs });
	return signs;
}

const columnAt = (t: number, end: number, { width }: Pick<Bar, 'width'>): number =>
	Math.min(width - 1, Math.max(0, Math.round((t / end) * (width - 1))));

/** The moment that a column of the row stands for; undefined beside the bar. */
export function momentAt(column: number, end: number, { left, width }: Bar): number | undefined {
	const at = column - left;
	if (at < 0 || at >= width) return undefined;
	return width === 1 ? 0 : (at / (width - 1)) * end;
}

function phaseWords({ flash, player }: Session): string {
	if (!player || !flash.running) return '';
	const begun = player.overview?.phases.findLast(({ t }) => t <= player.t);
	return begun ? `  ${begun.phase}` : '';
}

/** What a step goes over. */
const isCounted = ({ type }: Event): boolean =>
	type !== 'flash-progress' && type !== 'note' && type !== 'finding';

/** Seconds between the last two events. */
function deltaWords({ log }: Session): string {
	let last: Event | undefined;
	for (let index = log.length - 1; index >= 0; index--) {
		const event = log.at(index)!;
		if (!isCounted(event)) continue;
		if (last) return `  +${(last.t - event.t).toFixed(3)} s`;
		last = event;
	}
	return '';
}
