import type { EventLog } from '../../../recording/log/event-log.ts';

const named = /^frame (\d+)\b/;

/** A bookmark is a mark that names a frame; each event of the log is looked at once. */
export const bookmarkText = (number: number, what: string): string => `frame ${number} ${what}`;

export class Bookmarks {
	readonly #frames = new Set<number>();
	#log: EventLog | undefined;
	#seen = 0;

	has(frame: number): boolean {
		return this.#frames.has(frame);
	}

	take(log: EventLog): void {
		const end = log.dropped + log.length;
		if (log !== this.#log || end < this.#seen) {
			this.#log = log;
			this.#seen = 0;
			this.#frames.clear();
		}
		for (let number = Math.max(this.#seen, log.dropped); number < end; number++) {
			const event = log.at(number - log.dropped);
			const found = event?.type === 'mark' ? named.exec(event.text) : null;
			if (found) this.#frames.add(Number(found[1]));
		}
		this.#seen = end;
	}
}
