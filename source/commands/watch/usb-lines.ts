/** What happens on USB as a line for a person or for a program, with what was before it. */
import { type Clock, isoTime } from '../../clock.ts';
import type { Event, UsbDevice } from '../../events.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import { wrap } from '../../recording/export/wrap.ts';
import { modeNote, modeOf } from '../../usb/device/modes.ts';
import type { Timeline } from '../../usb/timeline/timeline.ts';
import { eventLines } from '../common/event-line.ts';

/** Seconds; of what was there before the watch, how long it was seen. */
type Dwell = { up?: number; upAtLeast?: number; down?: number };

export class UsbLines {
	readonly #clock: Clock;
	readonly #columns: number;
	readonly #timeline: Timeline;

	/** `timeline` has each event before its line is asked for. */
	constructor(clock: Clock, timeline: Timeline, columns: number) {
		this.#clock = clock;
		this.#timeline = timeline;
		this.#columns = columns;
	}

	isLoop(t: number): boolean {
		return this.#timeline.ports(t).some(({ loop }) => loop);
	}

	/** The event with the time of the wall, what the device is, and how long it was up or gone. */
	json(event: Event): string {
		return jsonText({
			...event,
			time: isoTime(this.#wall(event.t).getTime()),
			...this.#more(event),
		});
	}

	/** One line, or a finding's few, no wider than the terminal. */
	text(event: Event): readonly string[] {
		const time = clockOf(this.#wall(event.t));
		const indent = ' '.repeat(time.length + 2);
		const [first = event.type, ...others] = eventLines(event);
		const rows = [`${first}${dwellWords(this.#dwell(event))}`, ...others].flatMap((row) =>
			wrap(row, this.#columns - indent.length, hanging(row)),
		);
		return rows.map((row, index) => `${index === 0 ? `${time}  ` : indent}${row}`);
	}

	/** The clock of the machine: a clock that was set meanwhile counts as it is now. */
	#wall(t: number): Date {
		return new Date(Date.now() - ((this.#clock.now() - t) / this.#clock.speed) * 1000);
	}

	#more(event: Event): object {
		switch (event.type) {
			case 'usb-came':
			case 'usb-changed':
				return { ...whatItIs(event.device), ...this.#dwell(event) };
			case 'usb-went':
				return { mode: this.#spans(event.path).at(-1)?.mode, ...this.#dwell(event) };
			case 'finding': {
				const loop = event.path && this.#timeline.port(event.path, event.t)?.loop;
				return loop ? { loop } : {};
			}
			default:
				return {};
		}
	}

	/** Seconds that it was up, when it goes; or gone, when it comes again. */
	#dwell(event: Event): Dwell {
		if (event.type === 'usb-went') {
			const span = this.#spans(event.path).at(-1);
			if (!span) return {};
			const seconds = rounded(event.t - span.from);
			return span.found ? { upAtLeast: seconds } : { up: seconds };
		}
		if (event.type !== 'usb-came') return {};
		const before = this.#spans(event.device.path).at(-2);
		return before?.to === undefined ? {} : { down: rounded(event.t - before.to) };
	}

	#spans(path: string) {
		return this.#timeline.port(path, 0)?.spans ?? [];
	}
}

const whatItIs = (device: UsbDevice) => ({
	mode: modeOf(device),
	note: modeNote(device),
	drivers: [...new Set(device.interfaces.flatMap(({ driver }) => driver ?? []))],
	nodes: device.interfaces.flatMap(({ nodes }) => nodes),
});

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

const dwellWords = ({ up, upAtLeast, down }: Dwell): string => {
	if (up !== undefined) return ` was up ${up.toFixed(1)} s`;
	if (upAtLeast !== undefined) return ` was up for more than ${upAtLeast.toFixed(1)} s`;
	return down === undefined ? '' : ` after ${down.toFixed(1)} s`;
};

/** What a step goes on below: `  Next: ` is eight wide. */
const hanging = (row: string) => (row.startsWith('  Next: ') ? 8 : 2);

/** `17:54:03.112`, in the machine's time zone. */
function clockOf(at: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
	return `${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
