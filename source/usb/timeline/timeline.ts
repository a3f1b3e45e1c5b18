/** The lives of each USB port path, made from events: when a device was up, in which mode, and loops. */
import type { Event, UsbDevice } from '../../events.ts';
import { type Mode, modeOf } from '../device/modes.ts';
import { Wishes } from './expected-resets.ts';
import { type Loop, loopOf } from './loop.ts';

/** One presence on the bus. */
export type Span = { from: number; to: number | undefined; mode: Mode; device: UsbDevice };

export type PortLife = {
	readonly path: string;
	/** Oldest first; bounded. */
	readonly spans: readonly Span[];
	/** The loop it is in at this time; undefined when it is in none. */
	readonly loop: Loop | undefined;
};

/** An application that lives shorter than this and dies again is in a boot loop, seconds. */
export const shortLife = 10;
/** A gap longer than this, seconds, is somebody's doing and not a loop's. */
const longGap = 120;
/** Spans kept a port: three hours of a loop of 14 s. */
const spansKept = 800;
/** The last deaths, of which a loop's figures are made. */
const deathsKept = 100;
/** Port paths kept: a machine has few, a hostile recording may not. */
const pathsKept = 64;

/** `deaths` are the last early ones in a row, of `cycles` in all; `loop` is made of them when it is asked for. */
type Life = {
	path: string;
	spans: Span[];
	deaths: Span[];
	cycles: number;
	loop: { of: number; is: Loop | undefined };
};

export class Timeline {
	readonly #lives = new Map<string, Life>();
	readonly #wishes = new Wishes();

	add(event: Event): void {
		switch (event.type) {
			case 'usb-came':
				this.#came(event.t, event.device);
				break;
			case 'usb-changed':
				this.#changed(event.device);
				break;
			case 'usb-went':
				this.#went(event.t, event.path);
		}
		this.#wishes.add(event);
	}

	/** Each port path with its life, as it looks at time `now`. */
	lives(now: number): PortLife[] {
		return [...this.#lives.values()].map((life) => seen(life, now));
	}

	life(path: string, now: number): PortLife | undefined {
		const life = this.#lives.get(path);
		return life && seen(life, now);
	}

	#came(t: number, device: UsbDevice): void {
		const { path } = device;
		// A log may have missed its going.
		this.#went(t, path);
		const life = this.#lives.get(path) ?? this.#begin(path);
		const gone = life.spans.at(-1)?.to;
		if (gone !== undefined && t - gone > longGap) forget(life);
		life.spans.push({ from: t, to: undefined, mode: modeOf(device), device });
		if (life.spans.length > spansKept) life.spans.shift();
	}

	#begin(path: string): Life {
		const life: Life = { path, spans: [], deaths: [], cycles: 0, loop: { of: 0, is: undefined } };
		this.#lives.set(path, life);
		if (this.#lives.size > pathsKept) this.#lives.delete(this.#lives.keys().next().value!);
		return life;
	}

	#changed(device: UsbDevice): void {
		const span = this.#lives.get(device.path)?.spans.at(-1);
		if (!span) return;
		span.device = device;
		span.mode = modeOf(device);
	}

	#went(t: number, path: string): void {
		const life = this.#lives.get(path);
		const span = life?.spans.at(-1);
		if (!life || !span || span.to !== undefined) return;
		span.to = t;
		const isEarly = span.mode === 'application' && t - span.from < shortLife;
		if (!isEarly || this.#wishes.explains(path, t)) {
			forget(life);
			return;
		}
		life.deaths.push(span);
		life.cycles++;
		if (life.deaths.length > deathsKept) life.deaths.shift();
	}
}

function forget(life: Life): void {
	life.deaths = [];
	life.cycles = 0;
}

/** Two short lives in a row are a loop; it ends with a long life, another mode or a long silence. */
function seen(life: Life, now: number): PortLife {
	const { path, spans, cycles } = life;
	const last = spans.at(-1);
	const quiet = last?.to === undefined ? 0 : now - last.to;
	const lives =
		last?.to === undefined && (last?.mode !== 'application' || now - last.from > shortLife);
	if (life.loop.of !== cycles) life.loop = { of: cycles, is: loopOf(life.deaths, cycles) };
	return { path, spans, loop: lives || quiet > longGap ? undefined : life.loop.is };
}
