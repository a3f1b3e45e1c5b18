/**
 * The one clock that redraws the screen: at most `fps` times a second, never while nothing changed,
 * never while the terminal has not yet taken the last frame, and less often where a frame is dear:
 * the screen takes a small share of a slow gateway and leaves the rest to the modem.
 */
export class RedrawScheduler {
	readonly #period: number;
	readonly #busy: (isPressed: boolean) => boolean;
	readonly #listeners = new Set<() => void>();
	#frame = 0;
	/** Milliseconds that the last frames took to draw. */
	#cost = 0;
	#last = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;
	#due = Number.POSITIVE_INFINITY;
	#isPressed = false;
	#stopped = false;

	/** `busy` tells whether the terminal should be spared now; for a key that was pressed, or for less. */
	constructor(fps: number, busy: (isPressed: boolean) => boolean = () => false) {
		this.#period = 1000 / fps;
		this.#busy = busy;
	}

	/** The number of the frame that is to be seen. */
	readonly frame = (): number => this.#frame;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Something that the screen shows has changed. */
	readonly request = (): void =>
		this.#schedule(this.#last + Math.max(this.#period, this.#cost / share));

	/** A person pressed a key and waits to see what it did. */
	readonly requestForKey = (): void => {
		this.#isPressed = true;
		this.#schedule(this.#last + quickest);
	};

	/** The screen will look different in `milliseconds`, by the mere passing of time. */
	readonly requestIn = (milliseconds: number): void =>
		this.#schedule(performance.now() + milliseconds);

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
	}

	#schedule(at: number): void {
		if (this.#stopped || this.#due <= at) return;
		clearTimeout(this.#timer);
		this.#due = at;
		this.#timer = setTimeout(this.#draw, Math.max(0, at - performance.now()));
	}

	readonly #draw = (): void => {
		this.#due = Number.POSITIVE_INFINITY;
		if (this.#busy(this.#isPressed)) {
			this.requestIn(retry);
			return;
		}
		this.#isPressed = false;
		this.#last = performance.now();
		this.#frame += 1;
		for (const listener of this.#listeners) listener();
		// React draws in a microtask; this one comes behind it.
		queueMicrotask(this.#drawn);
	};

	readonly #drawn = (): void => {
		this.#cost = (3 * this.#cost + performance.now() - this.#last) / 4;
	};
}

/** The part of the time that may go into drawing what nobody pressed a key for. */
const share = 0.08;
/** Milliseconds between frames that keys ask for. */
const quickest = 30;
/** Milliseconds after which a busy terminal is looked at again. */
const retry = 20;
