/**
 * The traffic as a conversation: arrows between host and modem, payload in one arrow, and silence as
 * the gap that it was. Each frame is looked at once, however often it is drawn.
 */
import { partitionPoint } from '../../../partition-point.ts';
import type { Traffic, TrafficFrame } from '../../../recording/log/traffic.ts';
import type { About } from '../../list/filter.ts';
import type { Range } from '../../list/range.ts';
import type { Appearance } from '../../text/appearance.ts';
import { counter, grouped, megabytes } from '../../text/format.ts';
import { cut, fitLeft, fitRight, shorten, stripColors, widthOf } from '../../text/lines.ts';
import { frameAbout } from './frame-row.ts';

/** A silence of so many seconds is worth a row. */
const longSilence = 1;

/** `last` is the frame that it stands for in the frame pane. */
export type Step =
	| { readonly kind: 'arrow'; readonly last: number; readonly frame: TrafficFrame }
	| {
			readonly kind: 'payload';
			last: number;
			readonly frame: TrafficFrame;
			blocks: number;
			bytes: number;
			until: number;
	  }
	| {
			readonly kind: 'silence';
			readonly last: number;
			readonly t: number;
			readonly seconds: number;
	  };

export class SequenceDiagram {
	#traffic: Traffic | undefined;
	#steps: Step[] = [];
	/** Steps that were dropped with their frames. */
	#dropped = 0;
	#seen = 0;
	#t: number | undefined;

	/** The steps up to a frame, by number: those whose frames are still held. */
	take(traffic: Traffic, upTo: number): Range {
		const { first } = traffic;
		// Frames that came and went unseen leave nothing to go on from.
		const missed = first > this.#seen + 1;
		if (traffic !== this.#traffic || upTo < this.#seen || missed) this.#startAnew(traffic);
		for (let number = Math.max(first, this.#seen + 1); number <= upTo; number++) {
			this.#add(traffic.frame(number)!);
		}
		this.#seen = Math.max(this.#seen, upTo);
		let gone = 0;
		while (gone < this.#steps.length && this.#steps[gone]!.last < first) gone += 1;
		// Not each time: an array is dear to shorten at its start.
		if (gone > 1000 || gone === this.#steps.length) {
			this.#steps.splice(0, gone);
			this.#dropped += gone;
			gone = 0;
		}
		return { first: this.#dropped + gone, end: this.#dropped + this.#steps.length };
	}

	at(number: number): Step | undefined {
		return this.#steps[number - this.#dropped];
	}

	/** The step that shows a frame. */
	stepOf(frame: number): number {
		const { length } = this.#steps;
		const step = partitionPoint(0, length, (at) => this.#steps[at]!.last < frame);
		// A silence stands for the frame before it, which has an arrow of its own.
		return this.#dropped + Math.min(step, Math.max(0, length - 1));
	}

	#startAnew(traffic: Traffic): void {
		this.#traffic = traffic;
		this.#steps = [];
		this.#dropped = this.#seen = 0;
		this.#t = undefined;
	}

	#add(frame: TrafficFrame): void {
		const { t, number, payload } = frame;
		const silence = this.#t === undefined ? 0 : t - this.#t;
		if (silence >= longSilence) {
			this.#steps.push({ kind: 'silence', last: number - 1, t: this.#t!, seconds: silence });
		}
		this.#t = t;
		const before = this.#steps.at(-1);
		if (!payload) this.#steps.push({ kind: 'arrow', last: number, frame });
		else if (before?.kind === 'payload') {
			before.last = number;
			before.blocks += 1;
			before.bytes += payload.length;
			before.until = t;
		} else {
			const { length: bytes } = payload;
			this.#steps.push({ kind: 'payload', last: number, frame, blocks: 1, bytes, until: t });
		}
	}
}

const timeWidth = 9;

export const diagramHead = ({ paint }: Appearance, width: number): string =>
	paint.dim(`${' '.repeat(timeWidth + 1)}host${fitRight('modem', width - timeWidth - 5)}`);

/** One step: its time, and an arrow from one line to the other. */
export function stepRow(appearance: Appearance, step: Step, width: number): string {
	const { paint, symbols } = appearance;
	const lane = Math.max(8, width - timeWidth - 3);
	const t = step.kind === 'silence' ? '' : step.frame.t.toFixed(3);
	const time = `${fitRight(t, timeWidth)} `;
	if (step.kind === 'silence') {
		const says = `${silenceLength(step.seconds)} of silence`;
		const left = Math.max(0, Math.floor((lane - widthOf(says)) / 2));
		return `${time}${symbols.silence}${paint.dim(fitLeft(' '.repeat(left) + says, lane))}${symbols.silence}`;
	}
	const { frame } = step;
	const out = frame.dir === 'out';
	const line = step.kind === 'payload' ? symbols.double : symbols.line;
	const says = stepWords(appearance, step, lane - 6);
	const rest = line.repeat(Math.max(0, lane - widthOf(says) - 5));
	const arrow = out
		? `${line}${line} ${says} ${rest}${symbols.right}`
		: `${symbols.left}${line} ${says} ${rest}${line}`;
	const tint = frame.problem ? paint.bad : out ? paint.ours : paint.modem;
	return `${time}${symbols.side}${tint(arrow)}${symbols.side}`;
}

/** Words that are too long lose their end, never how many bytes it were. */
function stepWords(
	{ symbols }: Appearance,
	step: Exclude<Step, { kind: 'silence' }>,
	width = Number.POSITIVE_INFINITY,
): string {
	const { frame } = step;
	if (step.kind === 'payload') {
		const blocks = step.blocks === 1 ? '1 block' : `${grouped(step.blocks)} blocks`;
		const words = `${blocks}, ${megabytes(step.bytes)}`;
		const long = `${words} in ${silenceLength(step.until - frame.t)}`;
		return shorten(widthOf(long) <= width ? long : words, width);
	}
	const wrong = frame.problem ? `${symbols.warning} ` : '';
	const size = `  ${frame.bytes.length} B`;
	const words = `${wrong}${frame.protocol} ${frameAbout(frame).fields.name}`;
	const room = width - size.length;
	return cut(shorten(words, room) + size, width);
}

const silenceLength = (seconds: number) =>
	seconds < 60 ? `${seconds.toFixed(1)} s` : counter(seconds);

export function stepAbout(appearance: Appearance, step: Step): About {
	if (step.kind === 'silence') {
		return { text: `${silenceLength(step.seconds)} of silence`, fields: { type: 'silence' } };
	}
	const about = frameAbout(step.frame);
	return { text: `${stepWords(appearance, step)} ${about.text}`, fields: about.fields };
}

/** Columns of a step that is copied, whatever the terminal. */
const copyWidth = 100;

export const stepCopied = (appearance: Appearance, step: Step): string =>
	stripColors(stepRow(appearance, step, copyWidth)).trimEnd();
