/** What two snapshots of a modem say, side by side. A snapshot is a recording that holds all state answers. */
import type { Event } from '../../events.ts';
import { fieldsOf } from './read.ts';

export type Difference = {
	readonly command: string;
	readonly name: string;
	/** Undefined where one of the two does not have it. */
	readonly before: string | undefined;
	readonly after: string | undefined;
};

/** What differs from one snapshot to the next without a meaning. */
const passing = new Set(['uptime', 'temperature', 'rssi', 'rsrp', 'rsrq', 'sinr', 'rrcState']);

/** The last answer to each command of a recording, as values by name. */
function answersIn(events: Iterable<Event>): Map<string, Map<string, string>> {
	const found = new Map<string, Map<string, string>>();
	for (const event of events) {
		if (event.type !== 'at-answered') continue;
		const command = event.command.toUpperCase();
		if (/ENTERCND/.test(command)) continue;
		// A refusal says less than an answer that was there before.
		if (event.result !== 'OK' && found.has(command)) continue;
		found.set(command, valuesOf(command, event.lines, event.result));
	}
	return found;
}

function valuesOf(command: string, lines: readonly string[], result: string): Map<string, string> {
	const fields = fieldsOf(command, lines).filter(({ key }) => !passing.has(key));
	if (fields.length > 0) return new Map(fields.map(({ name, value }) => [name, value]));
	return new Map([['answer', result === 'OK' ? lines.join(' / ') : result]]);
}

/** What differs between two recordings, command by command. */
export function differences(before: Iterable<Event>, after: Iterable<Event>): Difference[] {
	const [old, fresh] = [answersIn(before), answersIn(after)];
	return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((command) => {
		const [a, b] = [old.get(command), fresh.get(command)];
		const names = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);
		return [...names]
			.map((name) => ({ command, name, before: a?.get(name), after: b?.get(name) }))
			.filter((entry) => entry.before !== entry.after);
	});
}
