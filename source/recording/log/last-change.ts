/** Back to where a value came from, as a debugger's watchpoint does in reverse. */
import type { DecodedField } from '../../protocol/fields.ts';
import type { TrafficFrame } from './traffic.ts';

export type Change = {
	/** The first frame that has the value. */
	readonly frame: TrafficFrame;
	readonly field: DecodedField;
	/** The last one before it that had another value; undefined where the value was there from the first. */
	readonly before?: { readonly frame: TrafficFrame; readonly field: DecodedField };
};

/**
 * The last change, up to `chosen`, of the field with this name: where its value of now was said first,
 * or, when `chosen` is that place, where the value before was.
 */
export function lastChange(
	frames: readonly TrafficFrame[],
	chosen: TrafficFrame,
	field: DecodedField,
): Change | undefined {
	const said = frames.flatMap((frame) => {
		if (frame.number > chosen.number || !isOfKind(frame, chosen)) return [];
		const found = frame.fields.find(({ name }) => name === field.name);
		return found ? [{ frame, field: found }] : [];
	});
	const first = runStart(said, said.length - 1);
	if (first === undefined) return undefined;
	const isHere = said[first]!.frame.number === chosen.number;
	const start = isHere ? runStart(said, first - 1) : first;
	if (start === undefined) return undefined;
	const before = said[start - 1];
	return { ...said[start]!, ...(before ? { before } : {}) };
}

type Said = { readonly frame: TrafficFrame; readonly field: DecodedField };

/** The first of those with the same value that end at `index`. */
function runStart(said: readonly Said[], index: number): number | undefined {
	const last = said[index];
	if (!last) return undefined;
	let start = index;
	while (start > 0 && said[start - 1]!.field.shown === last.field.shown) start -= 1;
	return start;
}

const isOfKind = (frame: TrafficFrame, other: TrafficFrame): boolean =>
	frame.protocol === other.protocol && frame.dir === other.dir && frame.port === other.port;
