import { type Field, fieldsOf } from '../../at/answers/read.ts';
import type { Event } from '../../events.ts';
import { BoundedMap } from './bounded-map.ts';

const none: ReadonlyMap<string, Field> = new Map();

/** What was read last: every rule about answers reads the same one. */
let last: { readonly event: Event; readonly fields: ReadonlyMap<string, Field> } | undefined;

/** The fields of an AT answer; empty for any other event. */
export function answeredFields(event: Event | undefined): ReadonlyMap<string, Field> {
	if (event?.type !== 'at-answered' || event.lines.length === 0) return none;
	if (last?.event !== event) {
		const fields = fieldsOf(event.command, event.lines).map((field) => [field.key, field] as const);
		last = { event, fields: new Map(fields) };
	}
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
