import type { Event } from '../../../events.ts';
import type { EventLog } from '../../../recording/log/event-log.ts';
import type { Player } from '../../../session/session.ts';

const named = /^frame (\d+)\b/;

/** A bookmark is a mark that names a frame; each event of the log is looked at once. */
export const bookmarkText = (number: number, what: string): string => `frame ${number} ${what}`;

export class Bookmarks {
	readonly #frames = new Set<number>();
	#of: EventLog | Player['marks'] | undefined;
	#seen = 0;

	has(frame: number): boolean {
		return this.#frames.has(frame);
	}

	/** A recording knows its marks, those to come too; in what is live they stand in the log. */
	take(log: EventLog, player: Pick<Player, 'marks'> | undefined): void {
		if (player) this.#takeAll(player.marks);
		else this.#takeNew(log);
	}

	#takeAll(marks: Player['marks']): void {
		if (marks !== this.#of || marks.length < this.#seen) this.#begin(marks);
		while (this.#seen < marks.length) this.#look(marks[this.#seen++]!);
	}

	#takeNew(log: EventLog): void {
		if (log !== this.#of || log.total < this.#seen) this.#begin(log);
		for (let number = Math.max(this.#seen, log.dropped); number < log.total; number++)
			this.#look(log.at(number - log.dropped)!);
		this.#seen = log.total;
	}

	#begin(of: EventLog | Player['marks']): void {
		this.#of = of;
		this.#seen = 0;
		this.#frames.clear();
	}

	#look(event: Event): void {
		const found = event.type === 'mark' ? named.exec(event.text) : null;
		if (found) this.#frames.add(Number(found[1]));
	}
}
