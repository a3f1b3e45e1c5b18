/** Carries a plan out on a simulated modem that is made from what is known of the real one. */
import { rm } from 'node:fs/promises';
import { isoTime } from '../../clock.ts';
import type { Emit, Event, Header, UsbDevice } from '../../events.ts';
import { type Host, rehearsalHost } from '../../host.ts';
import { temporaryFolder } from '../../own-files.ts';
import { createFolderBackend } from '../../simulator/backend/folder.ts';
import type { Scenario } from '../../simulator/modem/scenarios.ts';
import { VirtualModem } from '../../simulator/modem/virtual-modem.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import { didNotCome } from '../model/outcomes/rehearse.ts';
import { demandAllowed, type Plan } from '../model/plan.ts';
import { type Load, runFlash } from '../run/run.ts';
import { keepRehearsal } from './ghost-file.ts';
import { playedScenario, type Snapshot } from './played-modem.ts';

/** Modem seconds in one of the wall: a reply still has time enough where the machine is busy. */
export const usualSpeed = 4;
/** Nobody knows how long this modem would be silent; it need not be waited for. */
const commitSeconds = 8;
/** Seconds that the new application is watched for: it is not it that is tried. */
const settle = 5;

export type RehearseOptions = {
	/** The real modem. */
	readonly snapshot: Snapshot;
	readonly load: Load;
	/** Makes the plan anew, for the modem that plays it. */
	readonly plan: (on: { host: Host; device: UsbDevice }) => Promise<Plan>;
	readonly onEvent: (event: Event) => void;
	readonly stop: AbortSignal;
	readonly speed?: number;
	/** What the simulated modem does otherwise, for a fault. */
	readonly but?: Partial<Scenario>;
};

export type Rehearsed = {
	readonly exit: number;
	/** Where its recording is kept; undefined when it was stopped. */
	readonly recording: string | undefined;
};

/** Throws a Problem when nobody plays such a modem, or the plan refuses it. */
export async function rehearse(options: RehearseOptions): Promise<Rehearsed> {
	const { snapshot, load, plan: makePlan, onEvent, stop, speed = usualSpeed, but } = options;
	const scenario = { ...playedScenario(snapshot), commitSeconds, ...but };
	const folder = temporaryFolder();
	const host = rehearsalHost(folder, speed);
	const { clock } = host;
	const modem = new VirtualModem({ scenario, clock, backend: createFolderBackend(folder) });
	const started = isoTime();
	const events: Event[] = [];
	const emit: Emit = (source, fact, t = clock.now()) => {
		const event: Event = { t, source, ...fact };
		events.push(event);
		onEvent(event);
	};
	try {
		await modem.start();
		const [device] = (await listDevices(host.sysfs, host.dev)).values();
		if (!device) throw didNotCome();
		const plan = await makePlan({ host, device });
		demandAllowed(plan);
		const exit = await runFlash(host, load, plan, settle, { clock, emit, stop });
		const header: Header = {
			...{ modemscope: 1, started, speed },
			title: `rehearsal of a flash of ${plan.model}`,
			origin: `a simulated ${scenario.model.name}, made from the modem at ${snapshot.device.path}`,
		};
		// What was broken off is nothing that a flash could be held against.
		const recording = stop.aborted
			? undefined
			: keepRehearsal(snapshot.device.path, header, events);
		return { exit, recording };
	} finally {
		await modem.stop();
		await rm(folder, { recursive: true, force: true });
	}
}
