/** From what was found or marked back to the first cause that is recorded. */
import type { EventOf } from '../../events.ts';
import type { EventLog } from '../../recording/log/event-log.ts';
import type { Traffic } from '../../recording/log/traffic.ts';
import type { Place } from './remark.ts';
import type { Remarks } from './remarks.ts';

/** What causes are looked for in. */
type Models = {
	readonly log: EventLog;
	readonly remarks: Remarks;
	readonly traffic: Traffic;
};

/** What is asked about. */
export type Subject = {
	readonly says: string;
	readonly place: Place;
	readonly finding?: EventOf<'finding'>;
};

export type Cause = {
	readonly says: string;
	readonly place: Place;
	/** `evidence`: it rests on this. `before`: this stands out in the minute before. */
	readonly why: 'itself' | 'evidence' | 'before';
};

/** What happened longer ago than this, seconds, is not shown as a cause. */
const lookedBack = 60;
/** Of what stands out before, the newest. */
const mostBefore = 6;

export const subjectOf = (finding: EventOf<'finding'>): Subject => ({
	says: finding.title,
	place: { t: finding.t, among: 'usb' },
	finding,
});

/** Newest first: what is asked about, what it rests on, and what stands out before that. */
export function whyOf(models: Models, subject: Subject): readonly Cause[] {
	const { says, place, finding } = subject;
	const evidence = (finding?.evidence ?? []).map(
		({ t, says, frame }): Cause => ({
			says,
			place: frame === undefined ? { t, among: 'usb' } : { t, among: 'traffic', frame },
			why: 'evidence',
		}),
	);
	const oldest = Math.min(place.t, ...evidence.map(({ place }) => place.t));
	const known = new Set([says, ...evidence.map((cause) => cause.says)]);
	const before = [
		...remarksBefore(models, oldest, known),
		...lastChange(models, oldest),
		...lastFrame(models, place, oldest),
	];
	const all: Cause[] = [{ says, place, why: 'itself' }, ...evidence, ...before];
	const [first, ...others] = all;
	return [first!, ...others.sort((a, b) => b.place.t - a.place.t)];
}

function remarksBefore(
	{ remarks }: Pick<Models, 'remarks'>,
	t: number,
	known: ReadonlySet<string>,
): Cause[] {
	const found: Cause[] = [];
	for (const { place, severity, says, finding } of remarks.backwards()) {
		// A frame has the time of its first byte, and is said when it is whole.
		if (found.length === mostBefore || place.t <= t - 2 * lookedBack) break;
		const isNear = place.t <= t && place.t > t - lookedBack;
		if (!finding && severity !== 'note' && isNear && !known.has(says))
			found.unshift({ says, place, why: 'before' });
	}
	return found;
}

/** What came or went last before it. */
function lastChange({ log }: Pick<Models, 'log'>, t: number): Cause[] {
	for (let index = log.length - 1; index >= 0; index--) {
		const event = log.at(index)!;
		if (event.t <= t - lookedBack) break;
		if (event.t >= t || (event.type !== 'usb-came' && event.type !== 'usb-went')) continue;
		const { vid, pid, path } = event.type === 'usb-came' ? event.device : event;
		const did = event.type === 'usb-came' ? 'came' : 'went';
		return [
			{
				says: `${vid}:${pid} ${did} at ${path}`,
				place: { t: event.t, among: 'usb' },
				why: 'before',
			},
		];
	}
	return [];
}

/** What was said on the wire last before it. */
function lastFrame(
	{ traffic }: Pick<Models, 'traffic'>,
	{ frame: itself }: Place,
	t: number,
): Cause[] {
	let frame = traffic.frame(traffic.total);
	while (frame && (frame.t > t || frame.number === itself)) frame = traffic.frame(frame.number - 1);
	if (!frame || frame.t <= t - lookedBack) return [];
	const { number, protocol, name, dir } = frame;
	const says = `frame ${number}, ${dir === 'in' ? 'from' : 'to'} the modem: ${protocol} ${name}`;
	return [{ says, place: { t: frame.t, among: 'traffic', frame: number }, why: 'before' }];
}
