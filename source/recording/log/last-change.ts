/** Back to where a value came from, as a debugger's watchpoint does in reverse. */
import type { DecodedField } from '../../protocol/fields.ts';
import type { Traffic, TrafficFrame } from './traffic.ts';

export type Change = {
	/** The first frame that has the value. */
	readonly frame: TrafficFrame;
	readonly field: DecodedField;
	/** The last one before it that had another value; undefined where the value was there from the first. */
	readonly before?: { readonly frame: TrafficFrame; readonly field: DecodedField };
};

/**
 * The last change, up to `chosen`, of the field with this name: where its value of now was said first,
 * or, when `chosen` is that place, where the value before was. Looks back no further than it must.
 */
export function lastChange(
	traffic: Pick<Traffic, 'first' | 'frame'>,
	chosen: TrafficFrame,
	field: DecodedField,
): Change | undefined {
	const runs = runsBefore(traffic, chosen, field.name);
	const first = runs.next().value;
	if (!first) return undefined;
	const isHere = first.frame.number === chosen.number;
	const [change, earlier] = isHere
		? [runs.next().value, runs.next().value]
		: [first, runs.next().value];
	if (!change) return undefined;
	const { frame, field: said } = change;
	return { frame, field: said, ...(earlier ? { before: earlier.last } : {}) };
}

type Said = { readonly frame: TrafficFrame; readonly field: DecodedField };
/** The first of those in a row that have the same value, and the last of them. */
type Run = Said & { readonly last: Said };

/** Newest first. */
function* runsBefore(
	traffic: Pick<Traffic, 'first' | 'frame'>,
	chosen: TrafficFrame,
	name: string,
): Generator<Run, undefined> {
	let run: Run | undefined;
	for (let number = chosen.number; number >= traffic.first; number--) {
		const frame = traffic.frame(number);
		const field = frame && isOfKind(frame, chosen) && frame.fields.find((one) => one.name === name);
		if (!frame || !field) continue;
		const said = { frame, field };
		if (run && run.field.shown !== field.shown) yield run;
		run = run?.field.shown === field.shown ? { ...said, last: run.last } : { ...said, last: said };
	}
	if (run) yield run;
	return undefined;
}

const isOfKind = (frame: TrafficFrame, other: TrafficFrame): boolean =>
	frame.protocol === other.protocol && frame.dir === other.dir && frame.port === other.port;
