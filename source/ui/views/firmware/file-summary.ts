/** What there is to say of an open firmware file as a whole, the gravest first. */
import { type Modem, matchModem } from '../../../firmware/match.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware, Session } from '../../../session/session.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped, percent } from '../../text/format.ts';
import { shortenMiddle, widthOf, wrap } from '../../text/lines.ts';
import type { Paint, Theme } from '../../text/theme.ts';

/** Rows of sentences under the name of the file; the tree needs the rest. */
const most = 4;

type Sentence = { readonly says: string; readonly paint: Paint };

export function summaryRows(
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
		headRow(paint, firmware, width),
		...sentences
			.flatMap(({ says, paint }) => wrap(sanitize(says), width - 2).map((row) => ` ${paint(row)}`))
			.slice(0, most),
	];
}

/** How the checks went is read whole: the size gives way, and then the middle of the name. */
function headRow(paint: Theme, firmware: OpenFirmware, width: number): string {
	const { size } = firmware.file;
	const name = sanitize(firmware.file.name);
	const state = stateOf(paint, firmware);
	const whole = ` ${paint.strong(name)}   ${grouped(size)} bytes   ${state}`;
	if (widthOf(whole) <= width) return whole;
	return ` ${paint.strong(shortenMiddle(name, width - 4 - widthOf(state)))}   ${state}`;
}

function stateOf(paint: Theme, { file, checked, checks }: OpenFirmware): string {
	if (!checks) return `checking ${percent(checked, file.size)}`;
	const failed = checks.filter(({ state }) => state === 'failed').length;
	if (failed) return paint.bad(`${failed} of ${checks.length} checks failed`);
	const open = checks.filter(({ state }) => state === 'not checkable').length;
	return open
		? paint.warn(`${open} of ${checks.length} checks could not be made`)
		: paint.good('every check passed');
}

/** What does not fit the modem, or one sentence that all does; nothing without a modem. */
function matchSentences({ file }: OpenFirmware, modem: Modem | undefined, paint: Theme) {
	if (!modem) return [];
	const matches = matchModem(file, modem);
	const version = matches.find(({ name }) => name === 'version')?.says;
	const open = matches.filter(({ state }) => state !== 'ok');
	if (!open.length) return [{ says: `Fits ${modem.model}: ${version}.`, paint: paint.good }];
	return open.map(({ state, says }) => ({
		says: `On ${modem.model}: ${says}.`,
		paint: state === 'refuse' ? paint.bad : paint.warn,
	}));
}

/** The modem as far as it told of itself; undefined when there is none. */
export const modemOf = ({ model, revision }: Session): Modem | undefined =>
	model === undefined ? undefined : { model, version: revision };
