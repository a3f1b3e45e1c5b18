import { ModemFacts } from '../at/answers/modem-facts.ts';
import { AtTranscript } from '../at/transcript.ts';
import { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Event, EventOf } from '../events.ts';
import { FlashProgress } from '../flash/model/progress.ts';
import type { Ghost } from '../flash/rehearse/ghost.ts';
import { revisionOf } from '../flash/run/verify.ts';
import { EventLog } from '../recording/log/event-log.ts';
import { Traffic, type TrafficFrame } from '../recording/log/traffic.ts';
import { Timeline } from '../usb/timeline/timeline.ts';
import { Remarks } from './remarks/remarks.ts';

/** What an event, or time that passed, has led to. */
export type Added = {
	/** The frames that it completed. */
	readonly frames: readonly TrafficFrame[];
	readonly findings: readonly EventOf<'finding'>[];
};

type ReadModelsOptions = {
	readonly isPassing?: boolean;
	readonly ghostOf?: (started: EventOf<'flash-started'>) => Ghost | undefined;
};

/** A log and everything that screens and commands read from it. */
export class ReadModels {
	readonly log: EventLog;
	readonly timeline = new Timeline();
	readonly traffic: Traffic;
	readonly transcript = new AtTranscript();
	readonly facts = new ModemFacts();
	readonly flash = new FlashProgress();
	readonly remarks = new Remarks();
	/** The images of the firmware that was last spoken of. */
	images: EventOf<'images'> | undefined;
	/** The version that the modem last said it runs. */
	revision: string | undefined;
	/** The rehearsal of the flash that was begun last, where there was one. */
	ghost: Ghost | undefined;
	readonly #ghostOf: (started: EventOf<'flash-started'>) => Ghost | undefined;
	readonly #diagnosis = new Diagnosis();

	/**
	 * `isPassing`: what is added is not asked for later, and so need not be held. `ghostOf` finds the
	 * rehearsal of a flash.
	 */
	constructor({ isPassing = false, ghostOf = () => undefined }: ReadModelsOptions = {}) {
		this.#ghostOf = ghostOf;
		this.log = new EventLog(isPassing ? { events: 1, hex: 0 } : {});
		this.traffic = new Traffic(isPassing ? 1 : undefined);
	}

	/** Newest last. */
	get findings(): readonly EventOf<'finding'>[] {
		return this.#diagnosis.findings.all;
	}
	/** Those that still hold, the one that stands in the way most first. */
	get currentFindings(): readonly EventOf<'finding'>[] {
		return this.#diagnosis.findings.current;
	}

	/**
	 * Takes an event, and the findings that follow from it. Findings that a recording brings are made
	 * anew by the rules of today: that one was made tells only that time had passed to there.
	 */
	add(event: Event): Added {
		if (event.type === 'finding') return this.pass(event.t);
		const kept = this.log.append(event);
		this.timeline.add(kept);
		const frames = this.traffic.add(kept);
		this.transcript.add(kept);
		this.facts.add(kept);
		this.flash.add(kept);
		if (kept.type === 'flash-started') this.ghost = this.#ghostOf(kept);
		this.ghost?.add(kept, frames);
		this.remarks.add(kept, frames);
		if (kept.type === 'images') this.images = kept;
		if (kept.type === 'at-answered') this.revision = revisionOf(kept.lines) ?? this.revision;
		return { frames, findings: this.#find(kept.t, kept, frames) };
	}

	/**
	 * Time has passed without an event, which may be a symptom too, and ends the wait for the rest of
	 * a message.
	 */
	pass(t: number): Added {
		const frames = this.traffic.settle(t);
		this.remarks.addFrames(frames);
		return { frames, findings: this.#find(t, undefined, frames) };
	}

	/** The imported log that these events are of has ended. */
	end(t: number): Added {
		const { timeline } = this;
		const findings = this.#diagnosis.end({ t, frames: [], timeline });
		this.#keep(findings);
		return { frames: [], findings };
	}

	#find(
		t: number,
		event: Event | undefined,
		frames: readonly TrafficFrame[],
	): readonly EventOf<'finding'>[] {
		const { timeline } = this;
		const found = this.#diagnosis.look({ t, event, frames, timeline });
		this.#keep(found);
		return found;
	}

	#keep(findings: readonly EventOf<'finding'>[]): void {
		for (const finding of findings) {
			this.log.append(finding);
			this.remarks.addFinding(finding);
		}
	}
}
