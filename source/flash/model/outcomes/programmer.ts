/** Outcomes of the chip's emergency loader and of the maker's programmer that it is given. */
import type { PlainFile } from '../../../firmware/partitions/plain-file.ts';
import { exitCode, Problem } from '../../../problem.ts';
import { type SaharaPacket, saharaCodes, saharaModes } from '../../../protocol/sahara/sahara.ts';
import { emergencyWays } from '../ways.ts';
import { statusName } from './loader.ts';
import { flashAgain, holding, unwritten } from './states.ts';

const again = flashAgain(emergencyWays);

const absent = (what: string) =>
	new Problem(exitCode.noDevice, what, { modem: unwritten, next: again });

const refused = (what: string, next = again) =>
	new Problem(exitCode.refusedBeforeWrite, what, { modem: unwritten, next });

export const noEmergencyLoader = () => absent('The chip’s emergency loader is not there.');

export const programmerDidNotCome = () =>
	absent('The programmer was started, and did not come to USB.');

export const emergencyLoaderSilent = () => refused('The chip’s emergency loader does not answer.');

export const emergencyLoaderStopped = (packet: SaharaPacket | undefined) =>
	refused(
		`The emergency loader did not go on: ${packet ? `${packet.message.name} came` : 'nothing came'}.`,
	);

export const emergencyLoaderInMode = (mode: number) =>
	refused(
		`The emergency loader says HELLO with mode ${mode} ${saharaModes[mode as keyof typeof saharaModes] ?? ''}: it takes no programmer now.`,
	);

export function programmerRefused(status: number, { name }: PlainFile): Problem {
	const known = saharaCodes[status];
	const advice = known?.next?.replace(/\.$/, '');
	return refused(
		`The emergency loader refuses ${name}: ${statusName(status)}. ${known?.means ?? 'No source says what that is.'}`,
		advice ? `${advice.charAt(0).toLowerCase()}${advice.slice(1)}; ${again}` : again,
	);
}

const unfit = (what: string) =>
	refused(what, `bring a whole programmer for this very model; ${again}`);

export const noSuchImage = (image: number) =>
	unfit(`The emergency loader asks for image ${image}, which is no programmer.`);

export const outsideProgrammer = ({ name, size }: PlainFile, offset: number, length: number) =>
	unfit(
		`The emergency loader asks for bytes ${offset} to ${offset + length - 1} of ${name}, which has ${size}: it is cut, or made for another chip.`,
	);

export const programmerGotShorter = ({ name }: PlainFile) =>
	unfit(`${name} got shorter while it was sent.`);

export const blockUnderSector = (block: number, sector: number) =>
	new Problem(
		exitCode.refusedBeforeWrite,
		`The programmer takes ${block} bytes at once, but sectors have ${sector}.`,
		{ modem: holding },
	);

/** Sierra's Firehose takes its own packages at any address: partitions would be lost on it. */
export const makersFirehose = () =>
	new Problem(
		exitCode.fileRejected,
		'Sierra’s own Firehose answers: it takes SPK and CWE files, and no partitions.',
		{ modem: holding, next: 'flash it with a SPK or CWE file, without --programmer.' },
	);
