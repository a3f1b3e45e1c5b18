/** The lives of each USB port path, made from events: when a device was up, in which mode, and loops. */
import type { Event, UsbDevice } from '../events.ts';
import { type Mode, modeOf } from './modes.ts';

/** One presence on the bus. */
export type Span = { from: number; to: number | undefined; mode: Mode; device: UsbDevice };

export type Loop = {
	/** Medians, seconds. */
	up: number;
	down: number;
	/** Starts that ended in a reset, one after the other. */
	cycles: number;
};

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

/** `deaths` are the last early ones in a row, of `cycles` in all. */
type Life = { path: string; spans: Span[]; deaths: Span[]; cycles: number };

export class Timeline {
	readonly #lives = new Map<string, Life>();
	#flashing = false;

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
				break;
			case 'flash-started':
				this.#flashing = true;
				break;
			case 'flash-ended':
				this.#flashing = false;
		}
	}

	/** Each port path with its life, as it looks at time `now`. */
	lives(now: number): PortLife[] {
		return [...this.#lives.values()].map((life) => ({
			path: life.path,
			spans: life.spans,
			loop: loopAt(life, now),
		}));
	}

	life(path: string, now: number): PortLife | undefined {
		return this.lives(now).find((life) => life.path === path);
	}

	#came(t: number, device: UsbDevice): void {
		// A log may have missed its going.
		this.#went(t, device.path);
		const { path } = device;
		const life = this.#lives.get(path) ?? { path, spans: [], deaths: [], cycles: 0 };
		this.#lives.set(path, life);
		life.spans.push({ from: t, to: undefined, mode: modeOf(device), device });
		if (life.spans.length > spansKept) life.spans.shift();
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
		const died = span.mode === 'application' && t - span.from < shortLife && !this.#flashing;
		if (!died || isFar(life.deaths.at(-1), span)) {
			life.deaths = [];
			life.cycles = 0;
		}
		if (!died) return;
		life.deaths.push(span);
		life.cycles++;
		if (life.deaths.length > spansKept) life.deaths.shift();
	}
}

const isFar = (before: Span | undefined, span: Span) =>
	before?.to !== undefined && span.from - before.to > longGap;

/** Two short lives in a row are a loop; it ends with a long life, another mode or a long silence. */
function loopAt({ spans, deaths, cycles }: Life, now: number): Loop | undefined {
	const last = spans.at(-1);
	if (deaths.length < 2 || !last) return undefined;
	const quiet = last.to === undefined ? 0 : now - last.to;
	const lives =
		last.to === undefined && (last.mode !== 'application' || now - last.from > shortLife);
	if (lives || quiet > longGap) return undefined;
	const downs = deaths.slice(1).map((span, index) => span.from - deaths[index]!.to!);
	return {
		up: median(deaths.map((span) => span.to! - span.from)),
		down: median(downs),
		cycles,
	};
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
