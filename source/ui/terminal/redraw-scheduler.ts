/**
 * The one clock that redraws the screen: at most `fps` times a second, never while nothing changed,
 * never while the terminal has not yet taken the last frame, and less often where a frame is dear:
 * the screen takes a small share of a slow gateway and leaves the rest to the modem.
 */
export class RedrawScheduler {
	readonly #period: number;
	readonly #busy: (isPressed: boolean) => boolean;
	readonly #publish: () => void;
	/** Milliseconds after each frame until the next one, for those who want it. */
	readonly #repeats = new Map<symbol, number>();
	/** Milliseconds that the last frames took to draw. */
	#cost = 0;
	#last = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;
	#due = Number.POSITIVE_INFINITY;
	#isPressed = false;
	#stopped = false;

	/**
	 * `publish` shows everything as it is then; `busy` tells whether the terminal should be spared now,
	 * for a key that was pressed or for less.
	 */
	constructor(
		fps: number,
		publish: () => void,
		busy: (isPressed: boolean) => boolean = () => false,
	) {
		this.#period = 1000 / fps;
		this.#publish = publish;
		this.#busy = busy;
	}

	/** Something that the screen shows has changed. */
	readonly request = (): void =>
		this.#schedule(this.#last + Math.max(this.#period, this.#cost / share));

	/** A person pressed a key and waits to see what it did. */
	readonly requestForKey = (): void => {
		this.#isPressed = true;
		this.#schedule(this.#last + quickest);
	};

	/** Keeps the screen drawn again so many milliseconds after each frame, until it is let go. */
	readonly repeat = (milliseconds: number): (() => void) => {
		const key = Symbol();
		this.#repeats.set(key, milliseconds);
		this.#in(milliseconds);
		return () => this.#repeats.delete(key);
	};

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

	#in(milliseconds: number): void {
		this.#schedule(performance.now() + milliseconds);
	}

	readonly #draw = (): void => {
		this.#due = Number.POSITIVE_INFINITY;
		if (this.#busy(this.#isPressed)) {
			this.#in(retry);
			return;
		}
		this.#isPressed = false;
		this.#last = performance.now();
		this.#publish();
		if (this.#repeats.size > 0) this.#in(Math.min(...this.#repeats.values()));
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
const quickest = 16;
/** Milliseconds after which a busy terminal is looked at again. */
const retry = 20;
