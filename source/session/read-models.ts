import { ModemFacts } from '../at/modem-facts.ts';
import { AtTranscript } from '../at/transcript.ts';
import { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Finding } from '../diagnosis/rule.ts';
import type { Event, EventOf } from '../events.ts';
import { FlashProgress } from '../flash/model/progress.ts';
import { revisionOf } from '../flash/run/verify.ts';
import { EventLog } from '../recording/log/event-log.ts';
import { Traffic } from '../recording/log/traffic.ts';
import { Timeline } from '../usb/timeline/timeline.ts';

/** Findings held; a console that runs for days keeps the last of them. */
const findingsHeld = 200;

/** A log and everything that screens read from it. */
export class ReadModels {
	readonly log = new EventLog();
	readonly timeline = new Timeline();
	readonly traffic = new Traffic();
	readonly transcript = new AtTranscript();
	readonly facts = new ModemFacts();
	readonly flash = new FlashProgress();
	readonly findings: EventOf<'finding'>[] = [];
	/** The images of the firmware that was last spoken of. */
	images: EventOf<'images'> | undefined;
	/** The version that the modem last said it runs. */
	revision: string | undefined;
	readonly #diagnosis = new Diagnosis();

	/**
	 * Takes an event, and the findings that follow from it. Findings that a recording brings are left
	 * out: they are made anew, by the rules of today.
	 */
	add(event: Event): void {
		if (event.type === 'finding') return;
		const kept = this.log.append(event);
		this.timeline.add(kept);
		this.traffic.add(kept);
		this.transcript.add(kept);
		this.facts.add(kept);
		this.flash.add(kept);
		if (kept.type === 'images') this.images = kept;
		if (kept.type === 'at-answered') this.revision = revisionOf(kept.lines) ?? this.revision;
		this.#find(this.#diagnosis.add(kept), kept.t);
	}

	/**
	 * Time has passed without an event, which may be a symptom too, and ends the wait for the rest of
	 * a message. True when there is something new to show.
	 */
	pass(t: number): boolean {
		const settled = this.traffic.settle(t).length > 0;
		return this.#find(this.#diagnosis.pass(t), t) || settled;
	}

	#find(findings: readonly Finding[], t: number): boolean {
		for (const finding of findings) {
			const found: EventOf<'finding'> = { ...finding, t, source: 'diagnosis' };
			this.log.append(found);
			this.findings.push(found);
			if (this.findings.length > findingsHeld) this.findings.shift();
		}
		return findings.length > 0;
	}
}
