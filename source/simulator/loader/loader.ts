import type { UsbDevice } from '../../events.ts';
import type { Model } from '../../modems/simulated.ts';
import { firehoseDocument } from '../../protocol/firehose/firehose.ts';
import { emergencyDevice, loaderDevice, strangerDevice } from '../device/devices.ts';
import { answerDiag } from '../device/diag-port.ts';
import type { Endpoint } from '../device/endpoint.ts';
import { type EdlTraits, speakEdl } from './edl-loader.ts';
import { speakFirehose } from './firehose-loader.ts';
import type { LoaderWorld } from './loader-world.ts';
import { type PartitionStore, programmerFlash } from './partition-store.ts';
import { type QdlTraits, speakQdl } from './qdl-loader.ts';
import { speakSahara } from './sahara-loader.ts';
import { sierraFlash } from './sierra-flash.ts';

/** What answers on the one port of a modem that holds. */
export type LoaderKind =
	| 'sahara'
	| 'qdl'
	/** Firehose, because somebody has switched to it before. */
	| 'firehose'
	/** The chip's emergency loader. */
	| 'edl'
	/** No loader at all, though it looks like one: a modem in the middle of its start. */
	| 'diag'
	| 'mute'
	/** A loader with an id that no driver knows. */
	| 'no tty';

export type LoaderTraits = {
	readonly loader: LoaderKind;
	readonly qdl: QdlTraits;
	readonly edl: EdlTraits;
	readonly refusesFirehose: boolean;
	readonly helloNotBefore: number;
};
/** What happened before: its HELLO may be gone, junk may have come, a programmer may be started. */
export type PortPast = {
	readonly helloDue: boolean;
	readonly spoiled: boolean;
	readonly programmerRuns: boolean;
	readonly store: PartitionStore;
};

/** Seconds that a loader boots on for after a host came; libqmi gives it two (qfu-sahara-device.c). */
const boots = 1;
/** Seconds from the answer that announces a reset to the end of the device. */
const farewell = { sahara: 0.2, firehose: 1, qdl: 0.2 };

export function deviceOf(
	kind: LoaderKind,
	model: Model,
	number: number,
	product?: string,
): UsbDevice {
	if (kind === 'edl') return emergencyDevice(model, number);
	return kind === 'no tty' ? strangerDevice(model, number) : loaderDevice(model, number, product);
}

/** Runs until the host asked for a reset; returns after how many seconds the device goes. */
export async function runLoader(
	pipe: Endpoint,
	{ loader, qdl, edl, refusesFirehose, helloNotBefore }: LoaderTraits,
	past: PortPast,
	world: LoaderWorld,
): Promise<number> {
	const { clock, power, log, model } = world;
	switch (loader) {
		case 'sahara':
		case 'no tty':
			if (past.helloDue) {
				await pipe.opened();
				await clock.sleep(boots, power);
			}
			if (
				(await speakSahara(pipe, { ...past, refusesFirehose, helloNotBefore }, world)) === 'reset'
			)
				break;
			log('the loader speaks Firehose');
			await speakFirehose(pipe, world, sierraFlash(world));
			return farewell.firehose;
		case 'firehose':
			await speakFirehose(pipe, world, sierraFlash(world));
			return farewell.firehose;
		case 'qdl':
			await speakQdl(pipe, qdl, world);
			return farewell.qdl;
		case 'edl':
			if (!past.programmerRuns) {
				if ((await speakEdl(pipe, edl, log)) === 'reset') break;
				if (edl.comesAgain) {
					world.programmerStarts();
					break;
				}
			}
			await pipe.write(firehoseDocument('log', { value: 'the programmer of the simulated modem' }));
			await speakFirehose(pipe, world, programmerFlash(past.store, world));
			return farewell.firehose;
		case 'diag':
			return answerDiag(pipe, model);
		default:
			for (;;) await pipe.read();
	}
	return farewell.sahara;
}
