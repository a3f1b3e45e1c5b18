/** Going to a moment of a recording: a time, a mark, a finding, an error, a phase. */
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Place, Remark } from '../../session/remarks/remark.ts';
import type { PhaseBegun, Player } from '../../session/session.ts';
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

/** Everything in a recording that has a name, in order: a long one has very many, each made when it is wanted. */
class Moments {
	readonly #context: ViewContext;
	readonly #marks: Player['marks'];
	readonly #phases: readonly PhaseBegun[];
	readonly #remarks: readonly Remark[];
	readonly #end: number;
	/** Numbers of moments as they stand one kind after another. */
	readonly #order: Uint32Array;

	constructor(context: ViewContext, { marks, overview, end }: Player) {
		this.#context = context;
		this.#marks = marks.slice();
		this.#phases = overview?.phases.slice() ?? [];
		this.#remarks = overview?.remarks.all.filter(({ severity }) => severity !== 'note') ?? [];
		this.#end = end;
		const count = 2 + this.#marks.length + this.#phases.length + this.#remarks.length;
		this.#order = Uint32Array.from({ length: count }, (_, number) => number).sort(
			(a, b) => this.#timeOf(a) - this.#timeOf(b),
		);
	}

	/** Those that were listed last, where the recording has no others now: they take 3 MB to list. */
	static of(context: ViewContext, player: Player): Moments {
		const { marks, overview, end } = player;
		const { phases = [], remarks } = overview ?? {};
		const now = [context, marks.length, phases.length, remarks?.total, end];
		const before = listed.get(player);
		if (before?.of.every((one, index) => one === now[index])) return before.moments;
		const moments = new Moments(context, player);
		listed.set(player, { of: now, moments });
		return moments;
	}

	get length(): number {
		return this.#order.length;
	}

	at(index: number): PaletteItem | undefined {
		const number = this.#order[index];
		if (number === undefined) return undefined;
		const moment = this.#moment(number);
		return {
			name: `${finely(moment.t)}  ${sanitize(moment.says)}`,
			note: moment.kind,
			words: [moment.kind],
			run: () => goToMoment(this.#context, moment),
		};
	}

	*[Symbol.iterator](): Generator<PaletteItem> {
		for (let index = 0; index < this.length; index++) yield this.at(index)!;
	}

	#find(number: number) {
		const afterMarks = number - 1 - this.#marks.length;
		const afterPhases = afterMarks - this.#phases.length;
		const mark = this.#marks[number - 1];
		const phase = this.#phases[afterMarks];
		return { mark, phase, remark: this.#remarks[afterPhases] };
	}

	#timeOf(number: number): number {
		if (number === 0) return 0;
		const { mark, phase, remark } = this.#find(number);
		return mark?.t ?? phase?.t ?? remark?.place.t ?? this.#end;
	}

	#moment(number: number): Moment {
		const t = this.#timeOf(number);
		if (number === 0) return { t, kind: 'beginning', says: 'The beginning' };
		const { mark, phase, remark } = this.#find(number);
		if (mark) return { t, kind: 'mark', says: mark.text };
		if (phase) {
			const { detail } = phase;
			const more = detail === undefined ? '' : `, ${detail}`;
			return { t, kind: 'phase', says: `Phase ${phase.phase}${more}` };
		}
		if (!remark) return { t, kind: 'end', says: 'The end' };
		const { severity, says, place, finding } = remark;
		return { t, kind: finding ? 'finding' : severity, says, place };
	}
}

const listed = new WeakMap<
	Player,
	{ readonly of: readonly unknown[]; readonly moments: Moments }
>();

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
	const typed = (text: string): PaletteItem | undefined => {
		const { t, end, isReading } = player;
		// A point or a colon is followed by more of the time.
		const moment = readMoment(text.replace(/[.,:]$/, ''), { t, end, started: header.started });
		if (moment === undefined) return undefined;
		const at = Math.min(Math.max(moment, 0), isReading ? Infinity : end);
		return {
			name: `Go to ${finely(at)} of ${finely(end)}`,
			note: 'time',
			words: [],
			run: () => goToMoment(context, { t: at, says: 'here' }),
		};
	};
	const items = Moments.of(context, player);
	const title = 'Go to: 83.5, 1:23, +5, -5, 17:54:03, or a word';
	context.openOverlay((close) => new Palette(title, items, close, typed));
}
