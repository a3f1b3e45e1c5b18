/** Every event of the session as a list: the log itself, which may be long. */
import type { Event } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { eventLines } from '../../../recording/export/event-text.ts';
import type { Session } from '../../../session/session.ts';
import type { About } from '../../list/filter.ts';
import { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime, grouped } from '../../text/format.ts';
import { fitLeft, type Size, shorten } from '../../text/lines.ts';
import { listRows } from '../bridge/list-rows.ts';

/** What a filter can ask of an event: `type:mark`, `path:3-1`, `source:usb`. */
const fields = ['type', 'source', 'path', 'port', 'dir'] as const;

export class LogList {
	readonly list = new ListState({ follow: true });

	chosen({ log }: Session): Event | undefined {
		return log.at(this.list.at - log.dropped);
	}

	rows(appearance: Appearance, { header, log }: Session, size: Size, focused: boolean): string[] {
		const event = (number: number) => log.at(number - log.dropped)!;
		if (log.length === 0) {
			this.list.clear();
			return [' Nothing has happened yet.'];
		}
		return listRows(appearance, {
			list: this.list,
			first: log.dropped,
			end: log.dropped + log.length,
			size,
			focused,
			row: (number) => {
				const { t, type } = event(number);
				const words = shorten(eventWords(event(number)), size.width - 31);
				const tint =
					type === 'mark'
						? appearance.paint.warn
						: type === 'finding'
							? appearance.paint.strong
							: plain;
				return `${appearance.paint.dim(clockTime(header, t))} ${fitLeft(type, 14)}  ${tint(words)}`;
			},
			about: (number) => eventAbout(event(number)),
			copy: (number) => {
				const { t, type } = event(number);
				return `${clockTime(header, t)} ${fitLeft(type, 14)} ${eventWords(event(number))}`;
			},
			fields,
			source: log,
		});
	}
}

const plain = (text: string) => text;

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

function eventAbout(event: Event): About {
	const { type, source } = event;
	const path = 'path' in event ? (event.path ?? '') : 'device' in event ? event.device.path : '';
	const port = 'port' in event ? event.port : '';
	const dir = 'dir' in event ? event.dir : '';
	return {
		text: `${type} ${eventWords(event)}`,
		fields: { type, source, path, port, dir },
	};
}
