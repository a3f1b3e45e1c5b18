import { basename } from 'node:path';
import type { EventOf } from '../../../events.ts';
import type { FlashProgress } from '../../../flash/model/progress.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import type { Look } from '../../text/appearance.ts';
import { megabytes } from '../../text/format.ts';
import { hang, widthOf } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';
import { paceRow, phaseRow, phaseSays } from './flash-format.ts';

/** The flash that runs, or how it ended. */
export function flashRows(look: Look, session: Session, width: number): string[] {
	const { flash } = session;
	const { started, current } = flash;
	if (!started) return [];
	return [
		...headRows(look, flash, started),
		phaseRow(look, flash, width),
		barRow(look, session, width),
		paceRow(flash, session.now(), width),
		...(flash.ended ? endRows(look, session, width) : phaseRows(look, current, width)),
	];
}

function headRows(
	look: Look,
	{ files, accepted }: FlashProgress,
	started: EventOf<'flash-started'>,
): string[] {
	const modem = sanitize(`${started.path} ${started.model}`);
	const versions = `${sanitize(started.from ?? 'unknown')} ${look.signs.arrow} ${sanitize(started.to)}`;
	if (files === 1) return [` ${modem}   ${sanitize(basename(started.file))}   ${versions}`];
	// One that only asks how an earlier commit ended marks nothing.
	const marked = (started.accepted ?? 0) < files ? accepted : 0;
	return [` ${modem}   ${versions}`, ...fileRows(look, started, marked)];
}

function barRow({ paint, signs }: Look, { flash }: Session, width: number): string {
	const { sent, total } = flash;
	const figures = `${total > 0 ? ((100 * sent) / total).toFixed(1) : '0.0'} %  ${megabytes(sent)} of ${megabytes(total)}`;
	const length = Math.max(4, width - widthOf(figures) - 4);
	const full = total > 0 ? Math.round((length * sent) / total) : 0;
	const bar = paint.good(signs.full.repeat(full)) + paint.dim(signs.empty.repeat(length - full));
	return ` ${bar}  ${figures}`;
}

function phaseRows(look: Look, current: Session['flash']['current'], width: number): string[] {
	if (!current) return [];
	const detail = current.detail === '' ? '' : ` (${sanitize(current.detail)})`;
	return hang(' ', phaseSays[current.phase] + detail, width - 1).map(look.paint.strong);
}

function endRows({ paint, signs }: Look, { flash }: Session, width: number): string[] {
	const { ended } = flash;
	if (!ended) return [];
	const [sign, color] = ended.exit === 0 ? [signs.done, paint.good] : [signs.failed, paint.bad];
	const next = ended.next ? hang(' Next: ', sanitize(ended.next), width - 1) : [];
	return [
		...hang(` ${sign} `, sanitize(ended.message), width - 1).map(color),
		...hang(' Modem: ', sanitize(ended.modem), width - 1),
		...next.map(paint.strong),
	];
}
