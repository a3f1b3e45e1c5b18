/** Going to a moment of a recording: a time, a mark, a finding, an error, a phase. */
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Place } from '../../session/remarks/remark.ts';
import type { Session } from '../../session/session.ts';
import { Palette, type PaletteItem } from '../components/Palette.tsx';
import { finely } from '../text/format.ts';
import { readMoment } from '../text/moment.ts';
import { viewOf } from './remark-views.ts';
import type { ViewContext } from './view-context.ts';

type Moment = {
	readonly t: number;
	readonly kind: string;
	readonly says: string;
	readonly place?: Place;
};

/** Everything in a recording that has a name, in order. */
export function momentsOf({ player }: Pick<Session, 'player'>): readonly Moment[] {
	if (!player) return [];
	const { remarks, phases } = player.overview ?? { phases: [] };
	const moments: Moment[] = [
		{ t: 0, kind: 'beginning', says: 'The beginning' },
		...player.marks.map(({ t, text }) => ({ t, kind: 'mark', says: text })),
		...phases.map(({ t, phase, detail }) => ({
			t,
			kind: 'phase',
			says: `Phase ${phase}${detail === undefined ? '' : `, ${detail}`}`,
		})),
		...(remarks?.all ?? [])
			.filter(({ severity }) => severity !== 'note')
			.map(({ severity, says, place, finding }) => ({
				t: place.t,
				kind: finding ? 'finding' : severity,
				says,
				place,
			})),
		{ t: player.end, kind: 'end', says: 'The end' },
	];
	return moments.sort((a, b) => a.t - b.t);
}

/** Goes there and rests, and says where that is. */
export function goToMoment(context: ViewContext, { t, says, place }: Omit<Moment, 'kind'>): void {
	const { player } = context.session;
	player?.pause();
	player?.seek(t);
	if (place) {
		context.show(viewOf[place.among]);
		context.view.goTo?.(place);
	}
	context.toasts.show(`${finely(t)}: ${sanitize(says)}`);
}

/** Lists them; what is typed finds one, or is a time. */
export function askMoment(context: ViewContext): void {
	const { header, player } = context.session;
	if (!player) return;
	const item = (moment: Moment): PaletteItem => ({
		name: `${finely(moment.t)}  ${sanitize(moment.says)}`,
		note: moment.kind,
		words: [moment.kind],
		run: () => goToMoment(context, moment),
	});
	const typed = (text: string): PaletteItem | undefined => {
		const { t, end } = player;
		const moment = readMoment(text, { t, end, started: header.started });
		if (moment === undefined) return undefined;
		const at = Math.min(Math.max(moment, 0), end);
		return {
			name: `Go to ${finely(at)} of ${finely(end)}`,
			note: 'time',
			words: [],
			run: () => goToMoment(context, { t: at, says: 'here' }),
		};
	};
	const items = momentsOf(context.session).map(item);
	const title = 'Go to: 83.5, 1:23, +5, -5, 17:54:03, or a word';
	context.openOverlay((close) => new Palette(title, items, close, typed));
}
