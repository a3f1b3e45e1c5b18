/** How the USB view shares its room. */
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import { inside, wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';

/** Rows from which on there is room for more than the events and their meaning. */
const roomy = 28;
/** The most timelines, and the height below which there is room for one only. */
const mostTimelines = 4;
const low = 14;

export const timelineCount = (ports: number, height: number, hasLanes: boolean): number =>
	Math.min(ports, height < low || hasLanes ? 1 : mostTimelines);

/** Rows that always are left for what came and went, and what it means. */
const leastBelow = 6;

/** How many of the rows that timelines want they get in a view so high. */
export const timelineHeight = (wanted: number, height: number): number =>
	Math.max(2, Math.min(wanted, height - leastBelow));

export type UsbLayout = {
	readonly isWide: boolean;
	readonly events: Size;
	readonly meaning: Size;
	/** Only where it is wide. */
	readonly said: Size;
	readonly findings: Size;
};

/** Events above their meaning; where there is room, side by side, and what was said and found below. */
export function usbLayout({ width, height }: Size): UsbLayout {
	if (width < wide) {
		const meaning = { width, height: Math.min(9, Math.floor(height / 2)) };
		const events = { width, height: height - meaning.height };
		const none = { width: 0, height: 0 };
		return { isWide: false, events, meaning, said: none, findings: none };
	}
	const lower = Math.floor(height * (height < roomy ? 0.3 : 0.35));
	const events = { width: Math.floor(width * 0.6), height: height - lower };
	const meaning = { ...events, width: width - events.width };
	return {
		isWide: true,
		events,
		meaning,
		said: { ...events, height: lower },
		findings: { ...meaning, height: lower },
	};
}

/** The width of a row of the events. */
export function eventsWidth({ width, height }: Size, isZoomed: boolean): number {
	const events = isZoomed ? { width, height } : usbLayout({ width, height }).events;
	return inside(events, width >= wide).width;
}

/** Columns of time beside the name of a port, and those of the name. */
export function timelineColumns(ports: readonly PortTimeline[], width: number, hasLanes: boolean) {
	const label = Math.max(hasLanes ? 9 : 5, ...ports.map(({ path }) => path.length + 1));
	return { label, columns: width - label - 2 };
}
