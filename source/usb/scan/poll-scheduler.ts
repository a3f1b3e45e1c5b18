/**
 * How often the bus is glanced at, and how closely. Wall milliseconds between two glances: quick
 * where hotplug is deaf, so that no life of 0.2 s is missed; twice as quick after a change, while
 * drivers bind and nodes appear; slow as the net below hotplug.
 */
const quickest = 50;
const quick = 100;
const slow = 1000;
/** Quick glances after a change. */
const lively = 100;
/** Quick glances between two that compare drivers and nodes where nothing has changed. */
const closely = 10;
/** Close glances between two that look at what is no modem, too. */
const seldom = 10;

export type Attention = {
	/** Compare drivers and nodes of the modems. */
	readonly close: boolean;
	/** Look at what is no modem as well: a driver may have made it one. */
	readonly everywhere: boolean;
};

export class Pace {
	readonly #glance: () => void;
	#timer: NodeJS.Timeout | undefined;
	#every = 0;
	#left = lively;
	#glances = 0;

	/** `glance` is called at this pace from the first `settle` on. */
	constructor(glance: () => void) {
		this.#glance = glance;
	}

	/** Something has changed, or may have. */
	stir(): void {
		this.#left = lively;
	}

	/** What the glance that begins now looks at. */
	attend(isOther: boolean): Attention {
		if (this.#left > 0) this.#left--;
		this.#glances++;
		const every = this.#every === slow ? 1 : closely;
		return {
			close: isOther || this.#left > 0 || this.#glances % every === 0,
			everywhere: isOther || this.#glances % (every * seldom) === 0,
		};
	}

	/** Calls at the pace that is right from now on; `isSure`: hotplug tells of every device. */
	settle(isSure: boolean): void {
		const calm = isSure ? slow : quick;
		const every = this.#left > 0 ? quickest : calm;
		// The glance that just was counts, whoever asked for it.
		if (every === this.#every) {
			this.#timer?.refresh();
			return;
		}
		this.stop();
		this.#every = every;
		this.#timer = setInterval(this.#glance, every);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#every = 0;
	}
}
