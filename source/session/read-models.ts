import { ModemFacts } from '../at/answers/modem-facts.ts';
import { AtTranscript, type TranscriptLine } from '../at/transcript.ts';
import { Diagnosis, type FindIn } from '../diagnosis/diagnosis.ts';
import type { Event, EventOf } from '../events.ts';
import { FlashProgress } from '../flash/model/progress.ts';
import type { Ghost } from '../flash/rehearse/ghost.ts';
import { revisionOf } from '../flash/run/verify.ts';
import { EventLog } from '../recording/log/event-log.ts';
import { hold } from '../recording/log/hold.ts';
import { Traffic, type TrafficFrame } from '../recording/log/traffic.ts';
import { Timeline } from '../usb/timeline/timeline.ts';
import { LaneRecords } from './lane-records.ts';
import type { Remark } from './remarks/remark.ts';
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
	readonly findIn?: FindIn;
};

/** Reads items again that a list had before: an event and a line counted from 0, the others from 1. */
export type Earlier = {
	event(number: number): Event;
	line(number: number): TranscriptLine;
	frame(number: number): TrafficFrame;
	remark(number: number): Remark;
};

const passing = { events: 1, hex: 0 };

/** The images of the last few files: who looks at one again has the same ones. */
const known = new Map<string, EventOf<'images'>['images']>();
const filesKnown = 8;
const shared = (images: EventOf<'images'>['images']) =>
	hold(known, filesKnown, JSON.stringify(images), () => images);

/** A log and everything that screens and commands read from it. */
export class ReadModels {
	readonly log: EventLog;
	readonly timeline: Timeline;
	readonly traffic: Traffic;
	readonly transcript: AtTranscript;
	readonly facts: ModemFacts;
	readonly flash: FlashProgress;
	readonly remarks: Remarks;
	readonly lanes: LaneRecords;
	/** The images of the firmware that was last spoken of. */
	images: EventOf<'images'> | undefined;
	/** The version that the modem last said it runs. */
	revision: string | undefined;
	/** The rehearsal of the flash that was begun last, where there was one. */
	ghost: Ghost | undefined;
	readonly #ghostOf: (started: EventOf<'flash-started'>) => Ghost | undefined;
	readonly #diagnosis: Diagnosis;

	/**
	 * `isPassing`: what is added is not asked for later, and so need not be held. `ghostOf` finds the
	 * rehearsal of a flash, and `findIn` what follows from a moment, in the place of the rules.
	 * `before` goes on by itself: these begin where it is.
	 */
	constructor(
		{ isPassing = false, ghostOf = () => undefined, findIn }: ReadModelsOptions = {},
		before?: ReadModels,
		earlier?: Earlier,
	) {
		this.#ghostOf = ghostOf;
		this.log = before?.log.copy(earlier?.event) ?? new EventLog(isPassing ? passing : {});
		this.timeline = before?.timeline.copy() ?? new Timeline();
		this.traffic = before?.traffic.copy(earlier?.frame) ?? new Traffic(isPassing ? 1 : undefined);
		this.transcript =
			before?.transcript.copy(earlier?.line) ?? new AtTranscript(isPassing ? 1 : undefined);
		this.facts = before?.facts.copy() ?? new ModemFacts();
		this.flash = before?.flash.copy() ?? new FlashProgress();
		this.remarks = before?.remarks.copy(earlier?.remark) ?? new Remarks();
		this.lanes = new LaneRecords(before?.lanes);
		this.images = before?.images;
		this.revision = before?.revision;
		this.#diagnosis = new Diagnosis(findIn, before ? before.#diagnosis.findings.copy() : undefined);
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
		this.lanes.add(kept);
		this.lanes.addFrames(frames);
		if (kept.type === 'images') this.images = { ...kept, images: shared(kept.images) };
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
		this.lanes.addFrames(frames);
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
