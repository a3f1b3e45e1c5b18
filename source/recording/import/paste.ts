import type { Event, Fact, Source } from '../../events.ts';
import type { Line } from './line.ts';
import { Clock, type Moment, Wall } from './time/clock.ts';
import { UsbWorld } from './usb/usb-world.ts';

/** Events that are known only when the text has ended, at their place among the others. */
type Later = () => readonly Event[];

/** What the readers of one pasted text make together: its events, and what is to be said of it. */
export class Paste {
	readonly notes: string[] = [];
	readonly wall = new Wall();
	readonly usb = new UsbWorld(this);
	readonly unknownLines: Line[] = [];
	readonly withdrawn: Line[] = [];
	readonly #events: (Event | Later)[] = [];
	#t = 0;

	/** A clock for the times of one tool. */
	clock(): Clock {
		return new Clock(this.wall);
	}

	/** The event is the reader's to complete until the text has ended. */
	say(source: Source, fact: Fact, line: Line, { t, untimed }: Moment): Event {
		const stamp = { t, source, ...(untimed ? { untimed } : {}), lineNumber: line.number };
		const event: Event = { ...stamp, ...fact };
		this.#t = t;
		this.#events.push(event);
		return event;
	}

	note(line: Line, moment: Moment, text = line.text): void {
		this.say('log', { type: 'note', text }, line, moment);
	}

	/** What is to be said of the text, also where it stands. */
	remark(text: string, line: Line, moment: Moment): void {
		this.notes.push(text);
		this.note(line, moment, text);
	}

	/** A line that no reader knows. */
	unknown(line: Line): void {
		this.unknownLines.push(line);
		this.note(line, this.untimed);
	}

	/** A reader took this line, and what followed shows that it was not its own. */
	withdraw(line: Line): void {
		this.withdrawn.push(line);
	}

	later(events: Later): void {
		this.#events.push(events);
	}

	/** The time of what was said last, for what has no time of its own. */
	get untimed(): Moment {
		return { t: this.#t, untimed: true, stretch: 0 };
	}

	/** All events, in the order of their times; `t` begins at 0. */
	events(): Event[] {
		const all = this.#events.flatMap((entry) => (typeof entry === 'function' ? entry() : [entry]));
		const first = all.reduce((least, { t }) => Math.min(least, t), 0);
		if (first < 0) {
			for (const event of all) event.t -= first;
			this.wall.begins(first);
		}
		return all.sort((a, b) => a.t - b.t);
	}
}
