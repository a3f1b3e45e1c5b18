/** Outcomes before a byte of firmware is sent: no loader, or one that takes none. */
import { exitCode, Problem } from '../../../problem.ts';
import { recognise } from '../../../protocol/decode/recognise.ts';
import { numberOf } from '../../../protocol/fields.ts';
import { type SaharaPacket, saharaStatus } from '../../../protocol/sahara/sahara.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { type FirmwareImage, imagesText } from '../../../qmi/firmware.ts';
import type { Ways } from '../ways.ts';
import {
	type BatchPosition,
	flashAgain,
	partAccepted,
	resume,
	untouched,
	unwritten,
} from './states.ts';

const refused = (what: string, next: string, modem = untouched) =>
	new Problem(exitCode.refusedBeforeWrite, what, { modem, next });

const absent = (what: string, next: string, modem = unwritten) =>
	new Problem(exitCode.noDevice, what, { modem, next });

export const stopped = (ways: Ways) =>
	new Problem(exitCode.interrupted, 'Stopped, as asked.', {
		modem: untouched,
		next: `${ways.out}; to flash it after all, ${flashAgain(ways)}`,
	});

export const noLoader = (ways: Ways) =>
	absent('No boot loader holds at this port.', flashAgain(ways));

export const loaderDidNotCome = (ways: Ways, seconds: number) =>
	absent(`The boot loader did not come within ${seconds} s.`, flashAgain(ways));

export const loaderWentAway = (ways: Ways) =>
	absent(
		'The boot loader went away again and again before it was asked for anything.',
		flashAgain(ways),
	);

export const modemDidNotReturn = (ways: Ways) =>
	absent('The modem did not come back after the reset of its boot loader.', flashAgain(ways));

export const bootHoldRefused = (ways: Ways, result: string) =>
	refused(
		`The modem refuses AT!BOOTHOLD: ${result}.`,
		flashAgain(ways),
		'Nothing was written; it runs its application.',
	);

/** No port of it speaks AT. */
export const notAskedOverQmi = (ways: Ways, why: string) =>
	refused(
		`The modem did not restart into its boot loader over QMI: ${why}.`,
		flashAgain(ways),
		'Nothing was written; it runs its application.',
	);

/** AT!BOOTHOLD works, and something else lets the application start. */
export const doesNotHold = (ways: Ways, times: number) =>
	refused(
		`The modem answered AT!BOOTHOLD with OK ${times} times, and its application came again each time.`,
		`look at its pins: on M.2 cards of the 9x50 DPR has to float; then ${flashAgain(ways)}`,
		'Nothing was written; it runs its application.',
	);

/** What a modem preferred before a flash, and what it was told to prefer for it. */
export type Preference = {
	readonly before: readonly FirmwareImage[];
	readonly now: readonly FirmwareImage[];
};

/** The modem was told to prefer what it was not given. */
export const preferenceLeft = (problem: Problem, { before, now }: Preference) =>
	new Problem(problem.exit, problem.message, {
		modem: `${problem.modem ?? unwritten} It prefers ${imagesText(now)} and starts in low power without it.`,
		next: `flash it again; or give it back what it had with AT!IMPREF= when it runs: ${imagesText(before)}.`,
		cause: problem,
	});

/** A request to the person, while the flash waits for it. */
export const askForPowerCycle = (ways: Ways, seconds: number): string =>
	`the loader does not answer: ${ways.in} now; waiting ${seconds} s for it`;

export const nothingAnswers = (ways: Ways) =>
	refused('The port is open, but no boot loader answered.', flashAgain(ways));

const isDiag = (payload: Uint8Array) => payload[0] === 0x13;

/** A frame that no loader sends: 0x13 is how a DIAG port refuses a command (libqcdm). */
export function unexpectedFrame(ways: Ways, payload: Buffer): Problem {
	if (!isDiag(payload)) return unexpectedBytes(ways, payload);
	return refused(
		'This is the DIAG port of a running application, not a boot loader.',
		'catch it with AT!BOOTHOLD, and flash again.',
		'Nothing was written; the modem runs its application.',
	);
}

export function unexpectedBytes(ways: Ways, bytes: Buffer): Problem {
	const { protocol, name, certainty } = recognise(bytes);
	const shown = sanitize(bytes.subarray(0, 16).toString('latin1'));
	const guess = certainty === 'none' ? '' : ` It looks like ${protocol}: ${sanitize(name)}.`;
	return refused(
		`What answers on this port is no boot loader: ${bytes.length} bytes that begin with "${shown}".${guess}`,
		protocol === 'AT' || protocol === 'NMEA'
			? 'the modem runs its application: catch it with AT!BOOTHOLD, and flash again.'
			: `look at the bytes in the Flash view; ${flashAgain(ways)}`,
	);
}

/** The chip's own loader: the modem's is gone, or was never reached. */
export const emergencyLoader = () =>
	refused(
		'The chip’s emergency loader answers. It needs a programmer that the modem’s maker has signed.',
		'ask the maker for it or for a repair (no programmer for Sierra modems is public); with it: modemscope flash rawprogram0.xml --programmer FILE.',
		'Nothing was written; the modem does not start its own boot loader.',
	);

/** The loader offers its memory and takes no firmware. */
export const crashDump = (ways: Ways) =>
	refused(
		'The loader offers a dump of its memory, also after a reset: the modem crashed, or is set to stay in it.',
		`${ways.in} and flash again; when it starts, set AT!EROPTION=1.`,
	);

export const stillRefused = (ways: Ways) =>
	refused(
		'The loader refuses Firehose even after a reset.',
		flashAgain(ways),
		'Nothing was written; the modem was reset.',
	);

export const statusName = (status: number): string =>
	`${saharaStatus[status] ?? 'status'} (0x${status.toString(16)})`;

/** END_IMAGE_TX instead of what was due. */
export const switchRefused = (ways: Ways, { fields }: SaharaPacket) =>
	refused(
		`The loader refused the switch to Firehose: ${statusName(numberOf(fields, 'status'))}.`,
		flashAgain(ways),
	);

export const switchNotMade = (ways: Ways, packet: SaharaPacket | undefined) =>
	refused(
		`The loader did not go on to Firehose: ${packet ? `${packet.message.name} came instead` : 'nothing came'}.`,
		flashAgain(ways),
	);

/** The session of several files that was left cannot be resumed. */
export const sessionGone = (ways: Ways, what: string, position: BatchPosition) =>
	new Problem(exitCode.failedDuringWrite, what, {
		modem: partAccepted(position),
		next: `${ways.in}, then ${resume}: it sends all files.`,
	});
