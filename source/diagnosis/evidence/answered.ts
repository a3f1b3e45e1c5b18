import { type Field, fieldsOf } from '../../at/answers/read.ts';
import type { Event } from '../../events.ts';
import { BoundedMap } from './bounded-map.ts';

const none: ReadonlyMap<string, Field> = new Map();

/** What was read last: every rule about answers reads the same one. */
let last: { readonly event: Event; readonly fields: ReadonlyMap<string, Field> } | undefined;

const known = new WeakMap<readonly Field[], ReadonlyMap<string, Field>>();

/** An answer that a modem gives again has the same fields. */
function byKey(fields: readonly Field[]): ReadonlyMap<string, Field> {
	const map = known.get(fields) ?? new Map(fields.map((field) => [field.key, field]));
	known.set(fields, map);
	return map;
}

/** The fields of an AT answer; empty for any other event. */
export function answeredFields(event: Event | undefined): ReadonlyMap<string, Field> {
	if (event?.type !== 'at-answered' || event.lines.length === 0) return none;
	if (last?.event !== event) last = { event, fields: byKey(fieldsOf(event.command, event.lines)) };
	return last.fields;
}

/** Remembers the last value for each port, so that a rule does not report the same value twice. */
export class SaidOnce {
	readonly #said = new BoundedMap<string, string>();

	/** True when `what` is not what was last noted for this port. */
	isNew(port: string, what: string | undefined): boolean {
		const before = this.#said.get(port);
		this.#said.set(port, what ?? '');
		return what !== undefined && before !== what;
	}
}
