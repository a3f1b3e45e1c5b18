import type { UsbDevice } from '../../events.ts';
import type { Timeline } from '../../usb/timeline/timeline.ts';

/** What is plugged in at `t` by the events alone, by path. */
export function presentIn(timeline: Timeline, t: number): Map<string, UsbDevice> {
	const present = timeline
		.ports(t)
		.flatMap(({ spans }) => spans.slice(-1))
		.filter(({ to }) => to === undefined);
	return new Map(present.map(({ device }) => [device.path, device]));
}
