import type { Line } from '../line.ts';
import { stampOf } from '../time/stamps.ts';

/** Lines that are looked at, and the columns in which a time stands. */
const looked = 2000;
const columns = 64;
/** Steps back that are no accident. */
const enough = 3;

/** `journalctl -r` prints the newest line first. */
export function oldestFirst(lines: readonly Line[]): readonly Line[] {
	let back = 0;
	let on = 0;
	let before: ReturnType<typeof stampOf>;
	for (const { text } of lines.slice(0, looked)) {
		const stamp = stampOf(text.slice(0, columns));
		if (!stamp || stamp.kind === 'delta' || stamp.kind === 'minute') continue;
		if (before?.kind === stamp.kind) {
			if (stamp.seconds < before.seconds) back++;
			else if (stamp.seconds > before.seconds) on++;
		}
		before = stamp;
	}
	return back >= enough && on === 0 ? lines.toReversed() : lines;
}
