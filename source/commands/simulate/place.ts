import { rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { rehearsalImage } from '../../firmware/rehearsal/image.ts';
import { rehearsalPackage } from '../../firmware/rehearsal/package.ts';
import { rehearsalPair } from '../../firmware/rehearsal/pair.ts';
import { rehearsalPartitions } from '../../firmware/rehearsal/partitions.ts';
import { createFolderBackend } from '../../simulator/backend/folder.ts';
import { unneeded } from '../../simulator/backend/lease.ts';
import {
	clearFolder,
	imageIn,
	pairIn,
	partitionsIn,
	signRehearsal,
	takeFolder,
} from '../../simulator/backend/rehearsal.ts';
import type { Backend } from '../../simulator/device/backend.ts';
import type { Logger } from '../../simulator/device/logger.ts';
import type { Scenario } from '../../simulator/modem/scenarios.ts';
import { busId, createServerBackend } from '../../simulator/usbip/server-backend.ts';
import { createVhciBackend } from '../../simulator/usbip/vhci-backend.ts';

/** Where a virtual modem shows itself. */
export type Place = {
	backend: Backend;
	/** Says that the modem is there; returns where, for a person. */
	ready(): Promise<string>;
	/** Resolves when nobody needs the modem any more, or when `signal` aborts. */
	unneeded(signal: AbortSignal): Promise<void>;
	/** Takes away what was made. */
	clear(): Promise<void>;
};

export async function inFolder(
	path: string,
	{ scenario, speed, lease }: { scenario: Scenario; speed: number; lease: boolean },
): Promise<Place> {
	const folder = resolve(path);
	await takeFolder(folder);
	const clear = async () => {
		await clearFolder(folder);
		if (lease) await rmdir(folder).catch(() => {});
	};
	try {
		const backend = createFolderBackend(folder);
		const image = await writeImage(folder, scenario);
		return {
			backend,
			ready: async () => {
				await signRehearsal(folder, { pid: process.pid, scenario: scenario.name, speed, image });
				return `The modem is in ${folder}.`;
			},
			unneeded: (signal) => (lease ? unneeded(folder, signal) : aborted(signal)),
			clear,
		};
	} catch (error) {
		await clear();
		throw error;
	}
}

/** Writes the firmware that fits the model; returns the file that is flashed first. */
export async function writeImage(
	folder: string,
	{ model, loader, edl }: Scenario,
): Promise<string> {
	if (loader === 'edl') {
		await (edl.storage === 'nand' ? rehearsalPackage : rehearsalPartitions)(partitionsIn(folder));
	}
	if (model.family.loader === 'qdl') {
		const pair = pairIn(folder);
		await rehearsalPair(pair, undefined, model);
		return pair.firmware;
	}
	const image = imageIn(folder);
	await rehearsalImage(image, model);
	return image;
}

export function inThisMachine(log: Logger): Place {
	return {
		backend: createVhciBackend(log),
		ready: async () => 'The modem is plugged into this machine: lsusb shows it.',
		unneeded: aborted,
		clear: async () => {},
	};
}

export async function onPort(port: number, log: Logger): Promise<Place> {
	const backend = await createServerBackend(port, log);
	const toPort = backend.port === 3240 ? '' : ` --tcp-port ${backend.port}`;
	return {
		backend,
		ready: async () => `Plug it in with "usbip${toPort} attach -r 127.0.0.1 -b ${busId}".`,
		unneeded: aborted,
		clear: async () => backend.close(),
	};
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
