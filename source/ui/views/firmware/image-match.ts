/** The open file against the modem that is looked at. */
import { type Modem, matchModem } from '../../../firmware/match.ts';
import { revisionOf } from '../../../flash/run/verify.ts';
import type { OpenFirmware, Session } from '../../../session/session.ts';
import type { Paint, Theme } from '../../text/theme.ts';

/** The modem as far as it told of itself; undefined when there is none. */
export function modemOf({ model, transcript }: Session): Modem | undefined {
	if (model === undefined) return undefined;
	const last = transcript.lines.findLast(
		({ kind, text }) => kind === '<' && revisionOf([text]) !== undefined,
	);
	return { model, version: last && revisionOf([last.text]) };
}

export type Sentence = { readonly says: string; readonly paint: Paint };

/** What does not fit, or one sentence that all does; nothing without a modem. */
export function matchSentences(
	{ file }: OpenFirmware,
	modem: Modem | undefined,
	paint: Theme,
): Sentence[] {
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
