/** An event of the session as a row of the log. */
import type { Event, Header } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { eventLines } from '../../../recording/export/event-text.ts';
import type { About } from '../../list/filter.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime, grouped } from '../../text/format.ts';
import { fitLeft } from '../../text/lines.ts';

/** What a filter can ask of an event: `type:mark`, `path:3-1`, `source:usb`. */
export const eventFields = ['type', 'source', 'path', 'port', 'dir'] as const;

export function eventRow(
	{ paint }: Appearance,
	header: Header,
	event: Event,
	width: number,
): string {
	const { t, type } = event;
	const words = fitLeft(eventWords(event), width - 31);
	const tinted =
		type === 'mark' ? paint.warn(words) : type === 'finding' ? paint.strong(words) : words;
	return `${paint.dim(clockTime(header, t))} ${fitLeft(type, 14)}  ${tinted}`;
}

export const eventCopied = (header: Header, event: Event): string =>
	`${clockTime(header, event.t)} ${fitLeft(event.type, 14)} ${eventWords(event)}`;

/** Bytes of an event that its row shows. */
const shownHex = 48;

function eventWords(event: Event): string {
	switch (event.type) {
		case 'bytes': {
			const way = event.dir === 'in' ? '<-' : '->';
			const more = event.hex.length > shownHex ? '..' : '';
			return sanitize(
				`${way} ${event.hex.length / 2} bytes  ${event.hex.slice(0, shownHex)}${more}`,
			);
		}
		case 'payload':
			return `-> ${grouped(event.length)} bytes of the file at ${grouped(event.offset)}`;
		case 'flash-progress':
			return `${grouped(event.sent)} of ${grouped(event.total)} bytes`;
		default:
			return sanitize(eventLines(event)[0] ?? '').trim();
	}
}

export function eventAbout(event: Event): About {
	const { type, source } = event;
	const path = 'path' in event ? (event.path ?? '') : 'device' in event ? event.device.path : '';
	const port = 'port' in event ? event.port : '';
	const dir = 'dir' in event ? event.dir : '';
	return {
		text: `${type} ${eventWords(event)}`,
		fields: { type, source, path, port, dir },
	};
}
