/**
 * When the bus is scanned, and how closely. Intervals are wall milliseconds: short where hotplug
 * says nothing, so that an uptime of 0.2 s is not missed; shorter after a change, while drivers bind
 * and nodes appear; long where hotplug reports every device and the poll is only a safety net.
 */
const changingInterval = 50;
const deafInterval = 100;
const hotplugInterval = 1000;
/** How many fast scans follow a change. */
const fastScansAfterChange = 100;
/** Without a change, every tenth scan also compares drivers and nodes. */
const closeScanEvery = 10;
/** Every tenth of those close scans also looks at devices that are no modem. */
const fullScanEvery = 10;

export type ScanDepth = {
	/** Compare drivers and nodes of the modems. */
	readonly close: boolean;
	/** Look at what is no modem as well: a driver may have made it one. */
	readonly all: boolean;
};

export class PollScheduler {
	readonly #scan: () => void;
	#timer: NodeJS.Timeout | undefined;
	#interval = 0;
	#fastLeft = fastScansAfterChange;
	#scans = 0;

	/** `scan` is called periodically from the first `reschedule` on. */
	constructor(scan: () => void) {
		this.#scan = scan;
	}

	/** Something has changed, or may have: scan fast for a while. */
	bump(): void {
		this.#fastLeft = fastScansAfterChange;
	}

	/** How deep the scan that begins now must go. */
	nextScan(isOther: boolean): ScanDepth {
		if (this.#fastLeft > 0) this.#fastLeft--;
		this.#scans++;
		const every = this.#interval === hotplugInterval ? 1 : closeScanEvery;
		return {
			close: isOther || this.#fastLeft > 0 || this.#scans % every === 0,
			all: isOther || this.#scans % (every * fullScanEvery) === 0,
		};
	}

	/** Sets the interval to the next scan. `isComplete`: hotplug reports every device. */
	reschedule(isComplete: boolean): void {
		const calm = isComplete ? hotplugInterval : deafInterval;
		const every = this.#fastLeft > 0 ? changingInterval : calm;
		// The scan that has just ended counts, whoever asked for it.
		if (every === this.#interval) {
			this.#timer?.refresh();
			return;
		}
		this.stop();
		this.#interval = every;
		this.#timer = setInterval(this.#scan, every);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#interval = 0;
	}
}
