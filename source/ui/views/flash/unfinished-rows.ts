import { basename } from 'node:path';
import { type Aftermath, type Way, waySays } from '../../../flash/job/recovery.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Look } from '../../text/appearance.ts';
import { hang } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';

/** A flash that was left unfinished, and the offer to go on in this way; `whole` when its end is not shown above. */
export function unfinishedRows(
	look: Look,
	{ job, says, modem, rest }: Aftermath,
	way: Way,
	whole: boolean,
	width: number,
): string[] {
	const { paint, signs } = look;
	const several = job.others !== undefined;
	const name = `${job.path} ${job.model}   ${several ? '' : basename(job.file)}`;
	const about = [
		` ${paint.strong('A flash was left unfinished')}   ${sanitize(name)}`,
		...(several ? fileRows(look, job, rest?.accepted ?? 0) : []),
		...hang(` ${signs.failed} `, sanitize(says), width - 1).map(paint.bad),
		...hang(' Modem: ', sanitize(modem), width - 1),
	];
	return [
		...(whole ? about : []),
		...hang(` ${paint.strong('c')} plans what is left: `, `${waySays[way]}.`, width - 1),
	];
}
