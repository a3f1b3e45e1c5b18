import type { Event, Fact } from '../events.ts';
import type { TrafficFrame } from '../recording/log/traffic.ts';
import type { Timeline } from '../usb/timeline/timeline.ts';

/** One thing that happened, or just time that passed: then there is no event. */
export type Moment = {
	/** Seconds since the start of the recording. */
	readonly t: number;
	readonly event: Event | undefined;
	/** The frames that this event completed, on any port. */
	readonly frames: readonly TrafficFrame[];
	/** What was plugged in when, with this event. */
	readonly timeline: Timeline;
};

export type Finding = Extract<Fact, { type: 'finding' }>;
/** A finding without the name of its rule, which the table of rules adds. */
export type FindingText = Omit<Finding, 'type' | 'rule'>;

/** Sees every moment in turn; returns a finding once for each occurrence. */
export type Rule = (moment: Moment) => FindingText | undefined;
