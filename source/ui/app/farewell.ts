import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';

/** What goes on without the console, and where what it saw is kept: for the shell's screen. */
export function farewellOf({
	recorder,
	modem,
	flash,
}: Pick<Session, 'recorder' | 'modem' | 'flash'>): string[] {
	const path = recorder?.path;
	return [
		...(path === undefined ? [] : [`Recorded to ${sanitize(path)}.`]),
		...(modem && flash.running
			? ['The flash goes on. Follow it: modemscope, or modemscope flash --follow.']
			: []),
	];
}
