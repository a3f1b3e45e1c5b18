import { type Field, fieldsOf } from '../../at/answers/read.ts';
import type { Event } from '../../events.ts';
import { BoundedMap } from './bounded-map.ts';

const none: ReadonlyMap<string, Field> = new Map();

/** The fields of an AT answer; empty for any other event. */
export function answeredFields(event: Event | undefined): ReadonlyMap<string, Field> {
	if (event?.type !== 'at-answered' || event.lines.length === 0) return none;
	return new Map(fieldsOf(event.command, event.lines).map((field) => [field.key, field]));
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
