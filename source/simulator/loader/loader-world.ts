import type { Clock } from '../../clock.ts';
import type { Model } from '../../modems/simulated.ts';
import type { Logger } from '../device/logger.ts';
import type { ImageResult, Release } from './received-image.ts';

/** How the Firehose of this loader differs. */
export type FirehoseTraits = {
	/** So many times <program> is answered with NAK before it is taken. */
	readonly refusedPrograms: number;
	/** So many times the reset is not answered before it is done. */
	readonly unheardResets: number;
	/** The verb with which it logs what it says of its storage. */
	readonly logsStorageWith: 'getstorageinfo' | 'configure';
	/** The log line with its pages in a block. */
	readonly pages: string;
};

/** What a loader is given of the modem that it runs on, and what it says of it. */
export type LoaderWorld = {
	readonly clock: Clock;
	/** Aborts when the modem loses its power, or resets. */
	readonly power: AbortSignal;
	readonly log: Logger;
	readonly model: Model;
	readonly traits: {
		/** Silence between the last byte of an image and the verdict, seconds. */
		readonly commitSeconds: number;
		/** What it hears nothing for after the verdict, seconds. */
		readonly restSeconds: number;
		readonly bytesPerSecond: number;
		readonly firehose: FirehoseTraits;
		/** What is said of every image when it is whole, however good it is. */
		readonly refusesImages: ImageResult | undefined;
	};
	/** The flash memory is written from now on: who loses the power now does not start again. */
	committing(): void;
	/** A programmer runs after the device has left the bus and come again. */
	programmerStarts(): void;
	/** An image is written and runs after the next reset. */
	accepted(release: Partial<Release>): void;
};

/** The silence before a verdict. */
export async function commit(
	{ clock, power, log, traits, committing }: LoaderWorld,
	writes: boolean,
): Promise<void> {
	log(`the image is here: ${traits.commitSeconds} s of silence follow`);
	if (writes) committing();
	await clock.sleep(traits.commitSeconds, power);
	power.throwIfAborted();
}

/** The time after a verdict in which it hears nothing. */
export async function rest({ clock, power, traits }: LoaderWorld): Promise<void> {
	if (traits.restSeconds > 0) await clock.sleep(traits.restSeconds, power);
	power.throwIfAborted();
}

/** Waits after every piece, so that bytes are taken no faster than the flash memory is written. */
export function takeAtPace({ clock, power, traits }: LoaderWorld) {
	const began = clock.now();
	let taken = 0;
	return async (length: number): Promise<void> => {
		taken += length;
		const ahead = taken / traits.bytesPerSecond - (clock.now() - began);
		if (ahead > 0) await clock.sleep(ahead, power);
		power.throwIfAborted();
	};
}
