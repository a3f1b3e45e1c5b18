/** The comings and goings of all ports as rows of a list. */
import type { TranscriptLine } from '../../../at/transcript.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { modeLabel, nodesLabel } from '../../../usb/device/modes.ts';
import type { Span } from '../../../usb/timeline/spans.ts';
import type { PortTimeline, Timeline } from '../../../usb/timeline/timeline.ts';
import type { About } from '../../list/filter.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime, duration } from '../../text/format.ts';
import { fitLeft, fitRight } from '../../text/lines.ts';

export type UsbEvent = {
	readonly t: number;
	readonly path: string;
	readonly span: Span;
	readonly came: boolean;
	/** What an armed action did in this life, or after it. */
	readonly said?: string;
};

/** Made anew only where something has come since they were made. */
export class UsbEvents {
	#of: readonly unknown[] = [];
	#events: readonly UsbEvent[] = [];

	/** `ports` are those of the timeline. */
	of(timeline: Timeline, ports: readonly PortTimeline[], armed: readonly TranscriptLine[]) {
		const now = [timeline, timeline.changes, armed];
		if (now.some((one, index) => one !== this.#of[index])) {
			this.#of = now;
			this.#events = usbEvents(ports, armed);
		}
		return this.#events;
	}
}

/** Comings and goings, and what armed actions did between them, in the order of their times. */
function usbEvents(lives: readonly PortTimeline[], armed: readonly TranscriptLine[]): UsbEvent[] {
	const moves = lives
		.flatMap(({ path, spans }) =>
			spans.flatMap((span): UsbEvent[] => {
				const came = { t: span.from, path, span, came: true };
				return span.to === undefined ? [came] : [came, { t: span.to, path, span, came: false }];
			}),
		)
		.sort((a, b) => a.t - b.t);
	const shots = armed.flatMap(({ t, text }): UsbEvent[] => {
		const last = moves.findLast((move) => move.t <= t);
		return last ? [{ t, path: last.path, span: last.span, came: last.came, said: text }] : [];
	});
	return shots.length === 0 ? moves : [...moves, ...shots].sort((a, b) => a.t - b.t);
}

/** `held 3:12:04`. */
const upWidth = 12;

/** Columns of everything but the nodes, which take what is left. */
const fixed = 60;
/** Where there is room, the port path stands before the device. */
const pathNeeds = 84;

const pathWidth = (width: number) => (width >= pathNeeds ? 8 : 0);

/** Nodes that cannot be told apart are better left out. */
const nodesWidth = (width: number) => {
	const room = width - fixed - pathWidth(width);
	return room < 8 ? 0 : room;
};

export const usbEventHead = (width: number): string =>
	` ${fitLeft('TIME', 12)}  ${fitLeft('EVENT', 6)}${fitLeft('PATH', pathWidth(width))}${fitLeft('DEVICE', 11)} ${fitLeft('MODE', 11)} ${fitLeft('NODES', nodesWidth(width))} ${fitRight('UP', upWidth)}`;

export function usbEventRow(
	appearance: Appearance,
	session: Session,
	event: UsbEvent,
	width: number,
): string {
	const { t, path, span, came, said } = event;
	if (said !== undefined) {
		const text = fitLeft(sanitize(said), Math.max(8, width - 23));
		return `${clockTime(session.header, t)}  ${appearance.paint.warn('*')}     ${text}`;
	}
	const { device, from, to, mode } = span;
	const sign = came ? appearance.paint.good('+') : appearance.paint.bad('-');
	const shown = came ? [modeLabel(device), nodesLabel(device)] : ['-', '-'];
	let up = came ? '' : duration((to ?? t) - from);
	if (came && to === undefined) {
		const since = duration(session.now() - from);
		up = mode === 'loader' ? `held ${since}` : since;
	}
	const room = pathWidth(width);
	const id = fitLeft(sanitize(`${device.vid}:${device.pid}`), 11);
	const nodes = fitLeft(sanitize(shown[1]!), nodesWidth(width));
	return `${clockTime(session.header, t)}  ${sign}     ${fitLeft(sanitize(path), room)}${id} ${fitLeft(shown[0]!, 11)} ${nodes} ${fitRight(up, upWidth)}`;
}

export const usbEventFields = ['path', 'device', 'mode', 'node', 'type'] as const;

export function usbEventAbout({ path, span, came, said }: UsbEvent): About {
	const { device, mode } = span;
	const fields = {
		path,
		device: `${device.vid}:${device.pid}`,
		mode: modeLabel(device),
		node: nodesLabel(device),
		type: said === undefined ? (came ? 'came' : 'went') : 'armed',
	};
	return {
		text: `${Object.values(fields).join(' ')} ${mode} ${device.product ?? ''} ${said ?? ''}`,
		fields,
	};
}
