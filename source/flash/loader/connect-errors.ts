/** Whoever answers at the port and takes no firmware there: what it is, and what to do now. */
import { exitCode, Problem } from '../../problem.ts';
import { numberOf } from '../../protocol/fields.ts';
import { recognise } from '../../protocol/recognise.ts';
import { type SaharaPacket, saharaStatus } from '../../protocol/sahara/sahara.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';

export const untouched = 'Nothing was written; the modem is as it was.';

const refused = (what: string, next: string, modem = untouched) =>
	new Problem(exitCode.refusedBeforeWrite, what, { modem, next });

const isDiag = (payload: Uint8Array) => payload[0] === 0x13;

/** A frame that no loader sends: 0x13 is how a DIAG port refuses a command (libqcdm). */
export function unexpectedFrame(payload: Buffer): Problem {
	if (isDiag(payload)) {
		return refused(
			'This is the DIAG port of a running application, not a boot loader.',
			'catch the modem with AT!BOOTHOLD, or power cycle it with TP1 low, and flash again.',
			'Nothing was written; the modem runs its application.',
		);
	}
	return unexpectedBytes(payload);
}

export function unexpectedBytes(bytes: Buffer): Problem {
	const { protocol, name, certainty } = recognise(bytes);
	const shown = sanitize(bytes.subarray(0, 16).toString('latin1'));
	const guess = certainty === 'none' ? '' : ` It looks like ${protocol}: ${sanitize(name)}.`;
	return refused(
		`What answers on this port is no boot loader: ${bytes.length} bytes that begin with "${shown}".${guess}`,
		protocol === 'AT' || protocol === 'NMEA'
			? 'the modem runs its application: catch it with AT!BOOTHOLD, and flash again.'
			: 'look at the bytes in the Flash view; power cycle the modem with TP1 low and flash again.',
	);
}

/** The chip's own loader: Sierra's is gone, or was never reached (rule R21). */
export const emergency = () =>
	refused(
		'The chip’s emergency loader answers: it wants a programmer that the modem’s maker has signed.',
		'ask the maker for it or for a repair (no programmer for Sierra modems is public); with it: modemscope flash rawprogram0.xml --programmer FILE.',
		'Nothing was written; the modem does not start its own boot loader.',
	);

/** The loader offers its memory and takes no firmware (rule R23). */
export const crashDump = () =>
	refused(
		'The loader offers a dump of its memory, also after a reset: the modem crashed, or is set to stay in it.',
		'power cycle it with TP1 low and flash again; when it starts, set AT!EROPTION=1.',
	);

export const stillRefused = () =>
	refused(
		'The loader refuses Firehose even after a reset.',
		'power cycle it with TP1 low and flash again.',
		'Nothing was written; the modem was reset.',
	);

/** END_IMAGE_TX instead of what was due (rule R22). */
export function refusedStatus({ fields }: SaharaPacket): Problem {
	const status = numberOf(fields, 'status');
	return refused(
		`The loader refused the switch to Firehose: ${statusName(status)}.`,
		'power cycle the modem with TP1 low and flash again.',
	);
}

export const statusName = (status: number) =>
	`${saharaStatus[status] ?? 'status'} (0x${status.toString(16)})`;

export const nothingAnswers = () =>
	refused(
		'The port is open, but no boot loader answered.',
		'power cycle the modem with TP1 low, or catch it again with AT!BOOTHOLD, then flash again.',
	);
