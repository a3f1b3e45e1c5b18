/** The traffic as a list or as a diagram, and the frame that is chosen in either. */
import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { fieldCopied, fieldItems } from '../../components/FieldTable.tsx';
import { ListState } from '../../list/list-state.ts';
import { Bookmarks } from './bookmarks.ts';
import { frameAbout, frameCopied, frameFields } from './frame-row.ts';
import { hold, Sample } from './sample.ts';
import { SequenceDiagram, type Step, stepAbout, stepCopied } from './sequence-diagram.ts';

export class TrafficState {
	asDiagram = false;
	/** Milliseconds until more of a fast stream can be shown. */
	redrawIn: number | undefined;
	/** Of the chosen frame. */
	fieldList = new ListState();
	/** The number of the frame that `fieldList` is of. */
	#fieldsOf: number | undefined;
	/** Whether XML is shown as text, and all else. */
	readonly #asText = { xml: true, other: false };
	/** The frame that the other look showed. */
	#goTo: number | undefined;
	readonly #context: ViewContext;
	readonly #frameList = new ListState({ follow: true });
	readonly #stepList = new ListState({ follow: true });
	readonly #diagram = new SequenceDiagram();
	readonly #sample = new Sample();
	readonly #bookmarks = new Bookmarks();

	constructor(context: ViewContext) {
		this.#context = context;
	}

	get list(): ListState {
		return this.asDiagram ? this.#stepList : this.#frameList;
	}

	get chosen(): TrafficFrame | undefined {
		if (!this.asDiagram) return this.frame(this.#frameList.at);
		const number = this.#diagram.at(this.#stepList.at)?.last;
		return number === undefined ? undefined : this.frame(number);
	}

	frame(number: number): TrafficFrame | undefined {
		return this.#context.session.traffic.frame(number);
	}

	step(number: number): Step | undefined {
		return this.#diagram.at(number);
	}

	isMarked(frame: number): boolean {
		return this.#bookmarks.has(frame);
	}

	update(): void {
		const { log, player, traffic } = this.#context.session;
		const { first } = traffic;
		// Where a replay rests, each key is a step: nothing is held back.
		const now = player?.watched ?? performance.now();
		const shown = player?.playing === false ? traffic.total : this.#sample.last(traffic.total, now);
		const last = Math.max(first - 1, shown);
		this.redrawIn = shown < traffic.total ? hold : undefined;
		this.#bookmarks.take(log, player);
		if (this.asDiagram) this.#updateSteps(last);
		else this.#updateFrames(first, last);
		const frame = this.chosen;
		if (this.#fieldsOf !== frame?.number) {
			this.#fieldsOf = frame?.number;
			this.fieldList = new ListState();
		}
		this.fieldList.update(fieldItems(frame?.fields ?? []));
	}

	#updateFrames(first: number, last: number): void {
		const frame = (number: number) => this.frame(number)!;
		this.#frameList.update({
			first,
			end: last + 1,
			about: (number) => frameAbout(frame(number)),
			copy: (number) => frameCopied(frame(number)),
			fields: frameFields,
			source: this.#context.session.traffic,
		});
		this.#arrive((number) => number);
	}

	#updateSteps(last: number): void {
		const { appearance, session } = this.#context;
		const { traffic } = session;
		const step = (number: number) => this.#diagram.at(number)!;
		this.#stepList.update({
			...this.#diagram.take(traffic, last),
			about: (number) => stepAbout(appearance, step(number)),
			copy: (number) => stepCopied(appearance, step(number)),
			fields: frameFields,
			source: traffic,
		});
		this.#arrive((number) => this.#diagram.stepOf(number));
	}

	#arrive(itemOf: (frame: number) => number): void {
		if (this.#goTo === undefined) return;
		this.list.goTo(itemOf(this.#goTo));
		this.#goTo = undefined;
	}

	get #kind(): 'xml' | 'other' {
		return this.chosen?.protocol === 'Firehose' ? 'xml' : 'other';
	}

	/** The chosen frame is shown as text and not in hex. */
	get asText(): boolean {
		return this.#asText[this.#kind];
	}

	/** `field` is chosen in it, by its name. */
	goTo(frame: number, field?: string): void {
		this.#goTo = frame;
		this.update();
		const index = this.chosen?.fields.findIndex(({ name }) => name === field) ?? -1;
		if (index >= 0) this.fieldList.goTo(index);
	}

	field(by: 1 | -1): void {
		this.#asText[this.#kind] = false;
		this.fieldList.move(by);
	}

	toggleText(): void {
		this.#asText[this.#kind] = !this.asText;
	}

	/** The other look at the same frames, at the same frame. */
	toggleDiagram(): void {
		this.#goTo = this.list.following ? undefined : this.chosen?.number;
		const { query, filter } = this.list;
		this.asDiagram = !this.asDiagram;
		this.update();
		this.list.query = query;
		this.list.filter = filter;
	}

	/** The frame pane as it is copied: the frame, then its fields. */
	copied(): string[] | undefined {
		const frame = this.chosen;
		if (!frame || this.fieldList.selection) return undefined;
		return [frameCopied(frame), ...frame.fields.map(fieldCopied)];
	}
}
