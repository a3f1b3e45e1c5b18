/** What there is to say of an open firmware file as a whole, the gravest first. */
import type { Modem } from '../../../firmware/match.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped, percent } from '../../text/format.ts';
import { wrap } from '../../text/lines.ts';
import { matchSentences, type Sentence } from './image-match.ts';

/** Rows of sentences under the name of the file; the tree needs the rest. */
const most = 4;

export function aboutRows(
	{ paint }: Appearance,
	firmware: OpenFirmware,
	modem: Modem | undefined,
	width: number,
): string[] {
	const { file, checks } = firmware;
	const failed = checks?.filter(({ state }) => state === 'failed') ?? [];
	const warn = (says: string): Sentence => ({ says, paint: paint.warn });
	const sentences: Sentence[] = [
		...failed.slice(0, 2).map(({ image, says }) => warn(`0x${image.toString(16)}: ${says}`)),
		...matchSentences(firmware, modem, paint),
		...(file.rehearsal
			? [warn('Made for the simulated modem: never flash it to a real one.')]
			: []),
		...file.versionConflicts.map(warn),
	];
	return [
		` ${paint.strong(sanitize(file.name))}   ${grouped(file.size)} bytes   ${stateOf(paint, firmware)}`,
		...sentences
			.flatMap(({ says, paint }) => wrap(sanitize(says), width - 2).map((row) => ` ${paint(row)}`))
			.slice(0, most),
	];
}

function stateOf(paint: Appearance['paint'], { file, checked, checks }: OpenFirmware): string {
	if (!checks) return `checking ${percent(checked, file.size)}`;
	const failed = checks.filter(({ state }) => state === 'failed').length;
	if (failed) return paint.bad(`${failed} of ${checks.length} checks failed`);
	const open = checks.filter(({ state }) => state === 'not checkable').length;
	return open
		? paint.warn(`${open} of ${checks.length} checks could not be made`)
		: paint.good('every check passed');
}
