import { basename } from 'node:path';
import type { EventOf } from '../../../events.ts';
import type { FlashProgress } from '../../../flash/model/progress.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import type { Appearance } from '../../text/appearance.ts';
import { megabytes } from '../../text/format.ts';
import { hangingIndent, shorten, widthOf } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';
import { modemIn, paceRow, phaseRow, phaseSays, versionsOf } from './flash-format.ts';

/** The flash that runs, or how it ended. */
export function flashRows(appearance: Appearance, session: Session, width: number): string[] {
	const { flash } = session;
	const { started, current } = flash;
	if (!started) return [];
	return [
		...headRows(appearance, flash, started),
		phaseRow(appearance, flash, width),
		barRow(appearance, session, width),
		paceRow(flash, session.now(), width),
		...ghostRows(appearance, session, width),
		...(flash.ended ? endRows(appearance, session, width) : phaseRows(appearance, current, width)),
	];
}

function headRows(
	appearance: Appearance,
	{ files, accepted }: FlashProgress,
	started: EventOf<'flash-started'>,
): string[] {
	const modem = sanitize(`${started.path} ${modemIn(started)}`);
	const versions = versionsOf(appearance, started);
	if (files === 1) return [` ${modem}   ${sanitize(basename(started.file))}   ${versions}`];
	// One that only asks how an earlier commit ended marks nothing.
	const marked = (started.accepted ?? 0) < files ? accepted : 0;
	return [` ${modem}   ${versions}`, ...fileRows(appearance, started, marked)];
}

function barRow({ paint, symbols }: Appearance, { flash }: Session, width: number): string {
	const { sent, total } = flash;
	const figures = `${total > 0 ? ((100 * sent) / total).toFixed(1) : '0.0'} %  ${megabytes(sent)} of ${megabytes(total)}`;
	const length = Math.max(4, width - widthOf(figures) - 4);
	const full = total > 0 ? Math.round((length * sent) / total) : 0;
	const bar =
		paint.good(symbols.full.repeat(full)) + paint.dim(symbols.empty.repeat(length - full));
	return ` ${bar}  ${figures}`;
}

function phaseRows(
	appearance: Appearance,
	current: Session['flash']['current'],
	width: number,
): string[] {
	if (!current) return [];
	const detail = current.detail === '' ? '' : ` (${sanitize(current.detail)})`;
	return hangingIndent(' ', phaseSays[current.phase] + detail, width - 1).map(
		appearance.paint.strong,
	);
}

function endRows({ paint, symbols }: Appearance, session: Session, width: number): string[] {
	const { ended } = session.flash;
	if (!ended) return [];
	const [sign, color] = ended.exit === 0 ? [symbols.done, paint.good] : [symbols.failed, paint.bad];
	// What its process advised is for another shell, where the console goes on with it by a key.
	const goesOn = situationOf(session).next?.action === 'continue-flash';
	const next =
		ended.next && !goesOn ? hangingIndent(' Next: ', sanitize(ended.next), width - 1) : [];
	return [
		...hangingIndent(` ${sign} `, sanitize(ended.message), width - 1).map(color),
		...hangingIndent(' Modem: ', sanitize(ended.modem), width - 1),
		...next.map(paint.strong),
	];
}

/** A flash that was rehearsed, over its rehearsal. */
function ghostRows({ paint, symbols }: Appearance, session: Session, width: number): string[] {
	const { ghost, flash } = session;
	if (!ghost) return [];
	const {
		state,
		step,
		of,
		next,
		lateBy = 0,
		departures,
	} = ghost.at(flash.ended?.t ?? session.now());
	const count = `step ${step} of ${of}`;
	if (state === 'as rehearsed') {
		return [paint.dim(shorten(` ${symbols.done} as rehearsed, ${count}`, width))];
	}
	if (state === 'late') {
		const says = ` ${symbols.warning} ${Math.round(lateBy)} s later than rehearsed: ${next}, ${count}`;
		return [paint.warn(shorten(sanitize(says), width))];
	}
	const [first] = departures;
	const more = departures.length > 1 ? `, and ${departures.length - 1} more` : '';
	const says = ` ${symbols.failed} departed: ${first?.came}; rehearsed: ${first?.rehearsed}${more}`;
	return [paint.bad(shorten(sanitize(says), width))];
}
