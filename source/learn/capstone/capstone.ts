/** The capstone: a program in any language uploads a programmer to a simulated chip in EDL. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, createClock } from '../../clock.ts';
import { rehearsalNames, rehearsalProgrammer } from '../../firmware/rehearsal/partitions.ts';
import { createFolderBackend } from '../../simulator/backend/folder.ts';
import { clearFolder, partitionsIn, takeFolder } from '../../simulator/backend/rehearsal.ts';
import type { Backend } from '../../simulator/device/backend.ts';
import { findScenario } from '../../simulator/modem/scenarios.ts';
import { VirtualModem } from '../../simulator/modem/virtual-modem.ts';
import { judge, malform, type RoundName } from './judge.ts';
import { type Trace, tapped } from './trace.ts';

/** What the loader does in each run of the program. */
export const rounds: readonly { readonly name: RoundName; readonly says: string }[] = [
	{ name: 'whole', says: 'takes the programmer and starts it' },
	{ name: 'refused', says: 'takes the programmer and refuses it' },
	{ name: 'malformed', says: 'sends a packet that is malformed' },
];

/** INVALID_IMAGE_TYPE; any but 0 is a refusal. */
const refusal = 9;
/** Seconds between two looks. */
const look = 0.02;

export type CapstoneOptions = {
	readonly folder: string;
	/** Seconds to wait for a program that opens the port. */
	readonly patience: number;
	/** Seconds in which nothing happens on the port, after which a program hangs. */
	readonly silence: number;
	/** Bytes of the programmer. */
	readonly length: number;
	/** Called when the modem is there for the next run. */
	readonly ready: (round: (typeof rounds)[number], port: string, programmer: string) => void;
};

/** Runs the rounds until one is failed. Returns its fault, or undefined when all are passed. */
export async function runCapstone(
	options: CapstoneOptions,
): Promise<{ readonly round: RoundName; readonly fault: string } | undefined> {
	const { folder, length } = options;
	await takeFolder(folder);
	try {
		await mkdir(partitionsIn(folder), { recursive: true });
		const programmer = rehearsalProgrammer(length);
		const path = join(partitionsIn(folder), rehearsalNames.programmer);
		await writeFile(path, programmer);
		const backend = createFolderBackend(folder);
		for (const round of rounds) {
			const trace = await runRound(round, path, backend, options);
			const hangs = trace.isOpened && !trace.isClosed;
			const fault = judge(round.name, trace.pieces, programmer) ?? (hangs ? hung : undefined);
			if (fault !== undefined) return { round: round.name, fault };
		}
		return undefined;
	} finally {
		await clearFolder(folder);
	}
}

const hung = 'The program did not end: it holds the port and waits.';

async function runRound(
	round: (typeof rounds)[number],
	programmer: string,
	backend: Backend,
	{ folder, patience, silence, ready }: CapstoneOptions,
): Promise<Trace> {
	const clock = createClock();
	const trace: Trace = { pieces: [], last: 0, isOpened: false, isClosed: false };
	const change = round.name === 'malformed' ? malform : (bytes: Buffer) => bytes;
	const scenario = findScenario('emergency');
	const refuses = round.name === 'refused' ? refusal : undefined;
	const modem = new VirtualModem({
		scenario: { ...scenario, edl: { ...scenario.edl, refuses } },
		clock,
		backend: tapped(backend, trace, clock, change),
	});
	await modem.start();
	ready(round, join(folder, 'dev/ttyUSB0'), programmer);
	await ended(trace, clock, { patience, silence });
	await modem.stop();
	return trace;
}

async function ended(
	trace: Trace,
	clock: Clock,
	{ patience, silence }: Pick<CapstoneOptions, 'patience' | 'silence'>,
): Promise<void> {
	while (!trace.isClosed) {
		const quiet = clock.now() - trace.last;
		if (trace.isOpened ? quiet > silence : clock.now() > patience) return;
		await clock.sleep(look);
	}
}
