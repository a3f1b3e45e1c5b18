/** How things stand with the modem that is looked at, in the few words of the header line. */

import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';
import type { Span } from '../../usb/timeline/timeline.ts';
import { percent } from '../text/format.ts';

export type Status = {
	readonly words: string;
	readonly grade: 'good' | 'warn' | 'bad' | 'calm';
};

export function status(session: Session): Status {
	const { flash, path } = session;
	if (flash.running) return flashing(session);
	const now = session.now();
	const life = path === undefined ? undefined : session.timeline.port(path, now);
	if (life?.loop) return { words: 'BOOT LOOP', grade: 'bad' };
	const last = life?.spans.at(-1);
	if (!last) return { words: session.hasUsb ? 'no modem seen' : 'no USB here', grade: 'calm' };
	return last.to === undefined ? present(last) : { words: 'gone', grade: 'warn' };
}

function flashing({ flash }: Session): Status {
	const phase = flash.current?.phase;
	const words: Readonly<Record<string, string>> = {
		write: `FLASHING ${percent(flash.sent, flash.total)}`,
		commit: 'COMMITTING',
		reboot: 'REBOOTING',
		check: 'CHECKING',
	};
	return { words: words[phase ?? ''] ?? 'FLASHING', grade: 'warn' };
}

function present({ mode }: Span): Status {
	switch (mode) {
		case 'application':
			return { words: 'application runs', grade: 'good' };
		case 'loader':
			return { words: 'boot loader holding', grade: 'warn' };
		case 'edl':
			return { words: 'emergency download (EDL)', grade: 'bad' };
		case 'memory dump':
			return { words: 'waits for a memory dump', grade: 'bad' };
		default:
			return { words: 'there, mode unknown', grade: 'warn' };
	}
}

/** `3-1 RC7620`, as far as it is known. */
export const modemName = ({ path, model }: Session): string =>
	[path, model]
		.filter((part) => part !== undefined)
		.map(sanitize)
		.join(' ');
