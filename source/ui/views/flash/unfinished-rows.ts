import { basename } from 'node:path';
import type { InterruptedFlash } from '../../../flash/job/recovery.ts';
import { type ResumeMode, resumeModeText } from '../../../flash/model/resume.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Appearance } from '../../text/appearance.ts';
import { hangingIndent } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';

/** A flash that was left unfinished, and the offer to go on in this mode; `whole` when its end is not shown above. */
export function unfinishedRows(
	appearance: Appearance,
	{ job, says, modem, resume }: InterruptedFlash,
	mode: ResumeMode,
	whole: boolean,
	width: number,
): string[] {
	const { paint, symbols } = appearance;
	const several = job.others !== undefined;
	const name = `${job.path} ${job.model}   ${several ? '' : basename(job.file)}`;
	const about = [
		` ${paint.strong('A flash was left unfinished')}   ${sanitize(name)}`,
		...(several ? fileRows(appearance, job, resume?.accepted ?? 0) : []),
		...hangingIndent(` ${symbols.failed} `, sanitize(says), width - 1).map(paint.bad),
		...hangingIndent(' Modem: ', sanitize(modem), width - 1),
	];
	return [
		...(whole ? about : []),
		...hangingIndent(
			` ${paint.strong('c')} plans what is left: `,
			`${resumeModeText[mode]}.`,
			width - 1,
		),
	];
}
