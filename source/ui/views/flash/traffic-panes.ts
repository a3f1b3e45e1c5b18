/** The traffic as a list or as a ladder, and the frame that is chosen in either. */
import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ListState } from '../../list/list-state.ts';
import type { Range } from '../../list/range.ts';
import type { Size } from '../../text/lines.ts';
import { fieldCopied } from '../bridge/field-table.ts';
import { layout, listRows } from '../bridge/list-rows.ts';
import { inside, pane } from '../bridge/pane.ts';
import { Bookmarks } from './bookmarks.ts';
import { frameRows, frameTitle } from './frame-pane.ts';
import { frameAbout, frameCopied, frameFields, frameRow } from './frame-row.ts';
import { Sample } from './sample.ts';
import { ladderHead, SequenceDiagram, stepAbout, stepRow } from './sequence-diagram.ts';

/** After so many seconds nobody waits any more for an answer that is due. */
const forgotten = 600;

export class TrafficPanes {
	readonly #context: ViewContext;
	readonly #frames = new ListState({ follow: true });
	readonly #steps = new ListState({ follow: true });
	readonly #ladder = new SequenceDiagram();
	readonly #sample = new Sample();
	readonly #bookmarks = new Bookmarks();
	#fields = new ListState();
	/** The frame that the chosen field belongs to. */
	#fieldsOf: TrafficFrame | undefined;
	/** Milliseconds after which it looks different by itself. */
	redrawIn = Number.POSITIVE_INFINITY;
	#asText = false;
	#asLadder = false;
	/** The frame that the other look showed. */
	#goTo: number | undefined;

	constructor(context: ViewContext) {
		this.#context = context;
	}

	get list(): ListState {
		return this.#asLadder ? this.#steps : this.#frames;
	}

	get fields(): ListState {
		return this.#fields;
	}

	get asLadder(): boolean {
		return this.#asLadder;
	}

	get chosen(): TrafficFrame | undefined {
		const { frames } = this.#context.session.traffic;
		const number = this.#asLadder ? this.#ladder.at(this.#steps.at)?.last : this.#frames.at;
		return number === undefined ? undefined : frames[number - (frames[0]?.number ?? 1)];
	}

	drawList(size: Size, boxed: boolean, focused: boolean): string[] {
		const { appearance, session } = this.#context;
		const { frames, total } = session.traffic;
		const first = frames[0]?.number ?? 1;
		const last = Math.max(first - 1, this.#sample.last(total));
		this.redrawIn = this.#sample.nextRedraw(total);
		const room = inside(size, boxed);
		const rows = this.#asLadder
			? this.#stepRows(room, last, focused)
			: this.#frameRows(room, { first, end: last + 1 }, focused);
		const { list } = this;
		const what = this.#asLadder ? 'Ladder' : 'Traffic';
		const title = `${what}  ${total === 1 ? '1 frame' : `${total} frames`}`;
		const note = list.following ? (this.#waiting() ?? 'newest') : '';
		const none = [' No bytes have crossed a port yet.'];
		return pane(appearance, size, { title, note, list, boxed, focused }, total === 0 ? none : rows);
	}

	/** A short silence is not worth a word: most answers come at once. */
	#waiting(): string | undefined {
		const { appearance, session } = this.#context;
		const waits = session.traffic.waits;
		if (waits?.due.from !== 'modem') return undefined;
		const seconds = Math.floor(session.now() - waits.since);
		if (seconds > forgotten) return undefined;
		this.redrawIn = Math.min(this.redrawIn, 1000);
		if (seconds < 1) return undefined;
		const { what, within } = waits.due;
		const sign = seconds > within ? `${appearance.symbols.warning} ` : '';
		return `${sign}waits for ${what}: ${seconds} s, up to ${within} s are normal`;
	}

	#frameRows(size: Size, range: { first: number; end: number }, focused: boolean): string[] {
		const { appearance, session } = this.#context;
		const { traffic, log } = session;
		const frame = (number: number) => traffic.frames[number - range.first]!;
		this.#arrive(this.#frames, range, size, (number) => number);
		return listRows(appearance, {
			list: this.#frames,
			...range,
			size,
			focused,
			row: (number) =>
				frameRow(appearance, frame(number), this.#bookmarks.has(log, number), size.width - 1),
			about: (number) => frameAbout(frame(number)),
			copy: (number) => frameCopied(frame(number)),
			fields: frameFields,
			source: traffic,
		});
	}

	#stepRows({ width, height }: Size, last: number, focused: boolean): string[] {
		const { appearance, session } = this.#context;
		const { traffic } = session;
		const step = (number: number) => this.#ladder.at(number)!;
		const range = this.#ladder.take(traffic, last);
		this.#arrive(this.#steps, range, { width, height }, (number) => this.#ladder.stepOf(number));
		const rows = listRows(appearance, {
			list: this.#steps,
			...range,
			size: { width, height: height - 1 },
			focused,
			row: (number) => stepRow(appearance, step(number), width - 1),
			about: (number) => stepAbout(appearance, step(number)),
			fields: frameFields,
			source: traffic,
		});
		return [` ${ladderHead(appearance, width - 2)}`, ...rows];
	}

	#arrive(
		list: ListState,
		range: Range,
		{ height }: Size,
		itemOf: (frame: number) => number,
	): void {
		if (this.#goTo === undefined) return;
		layout(list, range, height);
		list.goTo(itemOf(this.#goTo));
		this.#goTo = undefined;
	}

	drawFrame(size: Size, boxed: boolean, focused: boolean): string[] {
		const { appearance } = this.#context;
		const frame = this.chosen;
		if (!frame) return pane(appearance, size, { title: 'Frame', boxed, focused }, []);
		if (this.#fieldsOf !== frame) {
			this.#fieldsOf = frame;
			this.#fields = new ListState();
		}
		const rows = frameRows(appearance, frame, {
			fields: this.#fields,
			size: inside(size, boxed),
			asText: this.#asText,
		});
		return pane(
			appearance,
			size,
			{ title: frameTitle(frame), list: this.#fields, boxed, focused },
			rows,
		);
	}

	field(by: 1 | -1): void {
		this.#asText = false;
		this.#fields.move(by);
	}

	toggleText(): void {
		this.#asText = !this.#asText;
	}

	/** The other look at the same frames, at the same frame. */
	toggleLadder(): void {
		this.#goTo = this.list.following ? undefined : this.chosen?.number;
		const { query, filter } = this.list;
		this.#asLadder = !this.#asLadder;
		this.list.query = query;
		this.list.filter = filter;
	}

	/** The frame pane as it is copied: the frame, then its fields. */
	copied(): string[] | undefined {
		const frame = this.chosen;
		if (!frame || this.#fields.selection) return undefined;
		return [frameCopied(frame), ...frame.fields.map(fieldCopied)];
	}
}
