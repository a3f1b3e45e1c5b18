import type { Event, EventOf } from '../events.ts';
import { Newest } from '../recording/log/newest.ts';
import { Tail } from '../recording/log/tail.ts';
import { modeLabel } from '../usb/device/modes.ts';
import { explained } from './results.ts';

export type TranscriptLine = {
	readonly t: number;
	/** `>` we sent, `<` the modem said, `*` what happened around it. */
	readonly kind: '>' | '<' | '*';
	readonly text: string;
	/** Seconds from the command to its result, on the line of the result. */
	readonly seconds?: number;
	/** It is about an armed action. */
	readonly armed?: true;
	/** The answer that it is a line of. */
	readonly answer?: EventOf<'at-answered'>;
};

/** Lines held; a console that runs for days keeps the last of them. */
const held = 5000;
const armedHeld = 200;

/** The AT conversation as lines, made from events. */
export class AtTranscript {
	#lines: Tail<TranscriptLine>;
	/** Those about armed actions, the last of them. */
	#armed = new Newest<TranscriptLine>(armedHeld);

	/** `lines` at least are kept; older ones are dropped. */
	constructor(lines = held) {
		this.#lines = new Tail(lines);
	}

	/**
	 * Another one that goes on from here by itself; `earlier` reads the lines up to here. Without it,
	 * those that come are all kept.
	 */
	copy(earlier?: (number: number) => TranscriptLine): AtTranscript {
		const copy = new AtTranscript();
		copy.#lines = Tail.after(this.#lines, earlier);
		copy.#armed = this.#armed;
		return copy;
	}

	/** Oldest first; all of them, which may be dear in a replay. */
	get lines(): readonly TranscriptLine[] {
		return this.#lines.items;
	}
	/** Lines about armed actions, oldest first. */
	get armed(): readonly TranscriptLine[] {
		return this.#armed.items;
	}
	/** The line with this number, counted from 0; undefined where it is not kept. */
	line(number: number): TranscriptLine | undefined {
		return this.#lines.at(number);
	}
	/** The number of the oldest line that is kept. */
	get first(): number {
		return this.#lines.first;
	}
	/** Lines that ever were. */
	get total(): number {
		return this.#lines.total;
	}

	add(event: Event): void {
		const { t } = event;
		switch (event.type) {
			case 'at-sent':
				this.#keep({ t, kind: '>', text: event.command });
				break;
			case 'at-answered':
				for (const text of event.lines) this.#keep({ t, kind: '<', text, answer: event });
				this.#keep({
					t,
					kind: '<',
					text: explained(event.result),
					seconds: event.seconds,
					answer: event,
				});
				break;
			case 'at-unsolicited':
				this.#keep({ t, kind: '<', text: event.line });
				break;
			case 'armed':
				this.#keep({
					t,
					kind: '*',
					armed: true,
					text: `armed ${event.command} for the next window of ${event.path}`,
				});
				break;
			case 'fired':
				this.#keep({ t, kind: '*', armed: true, text: firedText(event) });
				break;
			case 'disarmed':
				this.#keep({ t, kind: '*', armed: true, text: `disarmed ${event.command}: ${event.why}` });
				break;
			case 'usb-went':
				this.#keep({ t, kind: '*', text: `${event.path} went away` });
				break;
			case 'usb-came':
				this.#keep({
					t,
					kind: '*',
					text: `${event.device.path} came: ${modeLabel(event.device)}`,
				});
		}
	}

	#keep(line: TranscriptLine): void {
		this.#lines.push(line);
		if (line.armed) this.#armed = this.#armed.with(line);
	}
}

const firedText = ({ command, after, result }: EventOf<'fired'>) =>
	`fired ${Math.round(after * 1000)} ms after its port, ${explained(result)}: ${command}`;
