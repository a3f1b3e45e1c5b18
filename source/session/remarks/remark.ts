/** What stands out in a recording: how bad it is, what it is about, and where it can be seen. */
import type { EventOf } from '../../events.ts';

export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

export const remarkGroups = ['Link', 'Sequence', 'Protocol', 'Device', 'Host'] as const;
export type RemarkGroup = (typeof remarkGroups)[number];

/** A moment of the recording, and the kind of thing that it is seen among. */
export type Place = {
	readonly t: number;
	readonly among: 'usb' | 'at' | 'traffic' | 'events';
	/** The number of a frame of the traffic. */
	readonly frame?: number;
};

export type Remark = {
	/** Counted from 1 over the whole recording. */
	readonly number: number;
	readonly severity: Severity;
	readonly group: RemarkGroup;
	readonly says: string;
	readonly place: Place;
	/** It is what a rule concludes, and no cause of anything. */
	readonly finding?: EventOf<'finding'>;
};
