/** What happened at each USB port path, made from events: uptimes, modes and boot loops. */
import type { Event, EventOf, UsbDevice } from '../../events.ts';
import { modeOf } from '../device/modes.ts';
import { ExpectedResets } from './expected-resets.ts';
import { type Loop, loopOf } from './loop.ts';
import { type Span, Spans } from './spans.ts';

export type PortTimeline = {
	readonly path: string;
	/** Oldest first; bounded. */
	readonly spans: readonly Span[];
	/** The loop it is in at this time; undefined when it is in none. */
	readonly loop: Loop | undefined;
	/** Early resets in a row, up to now. */
	readonly resets: number;
};

/** An application that resets sooner than this, twice in a row, is in a boot loop; seconds. */
export const shortUptime = 10;
/** After a gap longer than this, seconds, a person unplugged it: it is no loop. */
const longGap = 120;
/** Spans kept a port: three hours of a loop of 14 s. */
const spansKept = 800;
/** The last deaths, of which a loop's figures are made. */
const deathsKept = 100;
/** Port paths kept: a machine has few, a hostile recording may not. */
const pathsKept = 64;

/** Devices that are told from one another: the bus numbers them from 1 to 127. */
const devicesKept = 512;

/** `deaths` are the last early resets in a row, of `cycles` in all; `loop` is computed on request. */
type History = {
	path: string;
	readonly spans: Spans;
	deaths: readonly Span[];
	cycles: number;
	/** Its loader was seen on the way to the application (FASTENUMEN off): that ends no loop. */
	showsLoader: boolean;
	loop: { of: number; is: Loop | undefined };
};

type Went = Pick<EventOf<'usb-went'>, 't' | 'path' | 'untimed' | 'unseen' | 'hostRestarted'>;

export class Timeline {
	readonly #histories = new Map<string, History>();
	#expectedResets = new ExpectedResets();
	/** What modems were like, each once: a loop has hundreds of spans of two. */
	#known = new Map<string, UsbDevice>();
	#changes = 0;

	/** Grows with each coming, going and change: until then the spans are as they were. */
	get changes(): number {
		return this.#changes;
	}

	/** Another one that goes on from here by itself; what is over is shared. */
	copy(): Timeline {
		const copy = new Timeline();
		for (const [path, history] of this.#histories) {
			copy.#histories.set(path, { ...history, spans: history.spans.copy() });
		}
		copy.#expectedResets = this.#expectedResets.copy();
		copy.#known = this.#known;
		return copy;
	}

	add(event: Event): void {
		if (event.type.startsWith('usb-')) this.#changes++;
		switch (event.type) {
			case 'usb-came':
				this.#came(event);
				break;
			case 'usb-changed':
				this.#changed(this.#shared(event.device));
				break;
			case 'usb-went':
				this.#went(event);
		}
		this.#expectedResets.add(event);
	}

	/** Each port path, as it looks at time `now`. */
	ports(now: number): PortTimeline[] {
		return [...this.#histories.values()].map((history) => asSeenAt(history, now));
	}

	port(path: string, now: number): PortTimeline | undefined {
		const history = this.#histories.get(path);
		return history && asSeenAt(history, now);
	}

	#came({ t, untimed, found, ...event }: EventOf<'usb-came'>): void {
		const device = this.#shared(event.device);
		const { path } = device;
		// A log may have missed its going.
		this.#went({ t, path, untimed });
		const history = this.#histories.get(path) ?? this.#begin(path);
		const gone = history.spans.last?.to;
		if (gone !== undefined && t - gone > longGap) forgetLoop(history);
		const span: Span = { from: t, to: undefined, mode: modeOf(device), device };
		if (untimed) span.untimed = true;
		if (found) span.found = true;
		history.spans.push(span);
	}

	#shared(device: UsbDevice): UsbDevice {
		const key = JSON.stringify(device);
		const known = this.#known.get(key) ?? device;
		this.#known.set(key, known);
		if (this.#known.size > devicesKept) this.#known.delete(this.#known.keys().next().value!);
		return known;
	}

	#begin(path: string): History {
		const history: History = {
			path,
			spans: new Spans(spansKept),
			deaths: [],
			cycles: 0,
			showsLoader: false,
			loop: { of: 0, is: undefined },
		};
		this.#histories.set(path, history);
		if (this.#histories.size > pathsKept)
			this.#histories.delete(this.#histories.keys().next().value!);
		return history;
	}

	#changed(device: UsbDevice): void {
		const span = this.#histories.get(device.path)?.spans.last;
		if (!span) return;
		span.device = device;
		span.mode = modeOf(device);
	}

	#went({ t, path, untimed, unseen, hostRestarted }: Went): void {
		const history = this.#histories.get(path);
		const span = history?.spans.last;
		if (!history || !span || span.to !== undefined) return;
		// How long it was there is not known, so it is shown no longer than it was seen.
		span.to = unseen ? span.from : t;
		if (untimed) span.untimed = true;
		if (unseen) span.unseen = true;
		if (hostRestarted) span.hostRestarted = true;
		if (this.#expectedResets.explains(path, t)) span.told = true;
		const isEarly = !span.told && !span.untimed && !unseen && t - span.from < shortUptime;
		if (isEarly && span.mode === 'loader') {
			history.showsLoader = true;
			return;
		}
		if (!isEarly || span.mode !== 'application') {
			forgetLoop(history);
			return;
		}
		history.deaths = [...history.deaths, span].slice(-deathsKept);
		history.cycles++;
	}
}

function forgetLoop(history: History): void {
	history.deaths = [];
	history.cycles = 0;
}

/** Two short uptimes in a row are a loop. It ends with a long uptime, another mode or a long gap. */
function asSeenAt(history: History, now: number): PortTimeline {
	const { path, spans, cycles, showsLoader } = history;
	const { last } = spans;
	const quiet = last?.to === undefined ? 0 : now - last.to;
	const isShort = last !== undefined && now - last.from <= shortUptime;
	const mayGoOn = last?.mode === 'application' || (showsLoader && last?.mode === 'loader');
	const staysUp = last?.to === undefined && !(isShort && mayGoOn);
	if (history.loop.of !== cycles) history.loop = { of: cycles, is: loopOf(history.deaths, cycles) };
	const loop = staysUp || quiet > longGap ? undefined : history.loop.is;
	return { path, spans: spans.all, loop, resets: cycles };
}
