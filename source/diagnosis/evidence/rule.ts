import type { Event, EventOf, Fact } from '../../events.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import type { Timeline } from '../../usb/timeline/timeline.ts';

/** One thing that happened, or just time that passed: then there is no event. */
export type Moment = {
	/** Seconds since the start of the recording. */
	readonly t: number;
	readonly event: Event | undefined;
	/** The frames that this event completed, on any port. */
	readonly frames: readonly TrafficFrame[];
	/** What was plugged in when, with this event. */
	readonly timeline: Timeline;
	/** An imported log ends here: what a rule waits for will not come. */
	readonly ended?: true;
};

export type Finding = Extract<Fact, { type: 'finding' }>;
/** A finding without the name of its rule, which the table of rules adds. */
export type FindingText = Omit<Finding, 'type' | 'rule'>;

type EventType = Event['type'];

/** Sees moments in turn, each that it reads; returns a finding once for each occurrence. */
export type Rule = {
	(moment: Moment): FindingText | undefined;
	/** What it is shown; every moment where it does not say. */
	readonly reads?: Reads;
};

/** Asked at a moment, seconds. */
export type Waits = (t: number) => boolean;

type Reads = {
	readonly types: readonly EventType[];
	readonly frames?: true;
	/** While this is true time may tell it something, and so every moment does; the end of a log does anyway. */
	readonly waits?: Waits;
};

/** A rule that reads events of these types only: most moments are none of its business. */
export const on = <T extends EventType>(
	types: readonly T[],
	look: (moment: Moment & { readonly event: EventOf<T> }) => FindingText | undefined,
): Rule => Object.assign(look as Rule, { reads: { types } });

/** A rule that reads events of these types, and every moment while it waits for time to pass. */
export const onTime = (
	types: readonly EventType[],
	waits: Waits,
	look: (moment: Moment) => FindingText | undefined,
) => Object.assign(look, { reads: { types, waits } });

/** A rule that reads frames, and events of these types. */
export const onFrames = (
	types: readonly EventType[],
	look: (moment: Moment) => FindingText | undefined,
): Rule => Object.assign(look, { reads: { types, frames: true as const } });

/** Whether a moment makes a finding one of the past: its cause is gone, or what it asked for was done. */
export type Answer = {
	(moment: Moment, finding: EventOf<'finding'>): boolean;
	/** What it is shown; every moment where it does not say. */
	readonly reads?: Pick<Reads, 'types' | 'frames'>;
};

/** An answer that events of these types may be. */
export const answeredOn = <T extends EventType>(
	types: readonly T[],
	isOver: (event: EventOf<T>, finding: EventOf<'finding'>) => boolean,
): Answer =>
	Object.assign(
		({ event }: Moment, finding: EventOf<'finding'>) => isOver(event as EventOf<T>, finding),
		{ reads: { types } },
	);

/** Whether a moment is shown to what reads these. */
export const isShown = (
	reads: Pick<Reads, 'types' | 'frames'> | undefined,
	{ event, frames }: Moment,
): boolean =>
	!reads ||
	(event !== undefined && reads.types.includes(event.type)) ||
	(reads.frames === true && frames.length > 0);

/** What stands in the way most comes first: nothing can be done before it, … , it can wait. */
export const weights = ['blocks', 'state', 'setting', 'remark'] as const;

export type RuleEntry = {
	/** What it returns remembers. */
	readonly begin: () => Rule;
	readonly weight: (typeof weights)[number];
	/** Any of these makes what it found one of the past. */
	readonly answeredBy: readonly Answer[];
	/** The words of what it found, with the figures of now; undefined where they stay as they are. */
	readonly revise?: (moment: Moment, finding: EventOf<'finding'>) => FindingText | undefined;
};
