import { type Event, type EventOf, type FlashPhase, flashPhases } from '../../events.ts';

/** Seconds without a byte after which no time left is shown. The modem erases a block in 2 to 5 s. */
const stalledAfter = 10;
/** Seconds; a longer estimate is shown as unknown. */
const longestLeft = 24 * 3600;

export type PhaseState = {
	readonly phase: FlashPhase;
	state: 'waiting' | 'running' | 'done' | 'failed';
	detail: string;
	/** When it began, seconds. */
	since: number | undefined;
};

/** The progress of a flash, made from its events. */
export class FlashProgress {
	started: EventOf<'flash-started'> | undefined;
	ended: EventOf<'flash-ended'> | undefined;
	phases: PhaseState[] = [];
	/** How many files there are, and how many of them the modem has accepted, in the order they go. */
	files = 0;
	accepted = 0;
	/** Bytes of the file that the modem's port has taken, and the file's size. */
	sent = 0;
	total = 0;
	/** What of it was sent when the write under way began. */
	#sentBefore = 0;
	/** When bytes were last taken, seconds. */
	#sentAt = Number.NEGATIVE_INFINITY;

	/** Another one that goes on from here by itself. */
	copy(): FlashProgress {
		const copy = Object.assign(new FlashProgress(), this);
		copy.phases = this.phases.map((phase) => ({ ...phase }));
		copy.#sentBefore = this.#sentBefore;
		copy.#sentAt = this.#sentAt;
		return copy;
	}

	add(event: Event): void {
		switch (event.type) {
			case 'flash-started':
				this.started = event;
				this.ended = undefined;
				this.files = 1 + (event.others?.length ?? 0);
				this.accepted = event.accepted ?? 0;
				this.phases = flashPhases.map((phase) => ({
					phase,
					state: 'waiting',
					detail: '',
					since: undefined,
				}));
				this.sent = 0;
				this.#sentBefore = 0;
				this.#sentAt = Number.NEGATIVE_INFINITY;
				this.total = event.size;
				break;
			case 'flash-phase':
				this.#phase(event);
				break;
			case 'flash-progress':
				if (event.sent !== this.sent) this.#sentAt = event.t;
				this.sent = event.sent;
				this.total = event.total;
				break;
			case 'flash-ended':
				this.ended = event;
				break;
		}
	}

	get running(): boolean {
		return this.started !== undefined && this.ended === undefined;
	}

	/** The phase under way, or the last one that was. */
	get current(): PhaseState | undefined {
		return this.phases.findLast(({ state }) => state !== 'waiting');
	}

	/** A file was accepted and nothing of the next one was asked to be written. */
	get isBetweenFiles(): boolean {
		const stateOf = (name: FlashPhase) => this.phases.find(({ phase }) => phase === name)?.state;
		const stands = stateOf('commit') === 'done' || stateOf('write') === 'waiting';
		const some = this.accepted > 0 && this.accepted < this.files;
		return some && stands && stateOf('reboot') === 'waiting';
	}

	/**
	 * Seconds until the last byte is sent, at the pace so far; undefined when that cannot be known:
	 * too little was sent, nothing went for a while, or it would be days.
	 */
	secondsLeft(now: number): number | undefined {
		const write = this.phases.find(({ phase }) => phase === 'write');
		if (write?.state !== 'running' || now - this.#sentAt > stalledAfter) return undefined;
		const rate = this.rate(now);
		const left = (this.total - this.sent) / rate;
		return rate > 0 && left < longestLeft ? left : undefined;
	}

	/** Bytes a second of the write phase up to `now`; 0 when nothing was sent. */
	rate(now: number): number {
		const write = this.phases.find(({ phase }) => phase === 'write');
		if (write?.since === undefined) return 0;
		const end = this.phases.find(({ phase }) => phase === 'commit')?.since ?? this.ended?.t ?? now;
		return end > write.since ? (this.sent - this.#sentBefore) / (end - write.since) : 0;
	}

	#phase(event: EventOf<'flash-phase'>): void {
		const entry = this.phases.find(({ phase }) => phase === event.phase);
		if (!entry) return;
		// A step that begins anew, for the next file or after a reset, brings those behind it with it.
		if (event.state === 'running' && entry.state !== 'running') this.#begin(entry, event.t);
		if (event.phase === 'commit' && event.state === 'done' && entry.state !== 'done') {
			this.accepted += 1;
		}
		entry.state = event.state;
		entry.detail = event.detail ?? entry.detail;
	}

	#begin(entry: PhaseState, at: number): void {
		for (const later of this.phases.slice(this.phases.indexOf(entry))) {
			later.state = 'waiting';
			later.detail = '';
			later.since = undefined;
		}
		entry.since = at;
		if (entry.phase === 'write') this.#sentBefore = this.sent;
	}
}
