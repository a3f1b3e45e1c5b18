import type { Clock } from '../../clock.ts';
import type { UsbDevice } from '../../events.ts';
import { atMemory } from '../at/memory.ts';
import type { Backend, PortHandler, Ports } from '../device/backend.ts';
import { applicationDevice } from '../device/devices.ts';
import { Endpoint, PowerLost } from '../device/endpoint.ts';
import { createJitter } from '../device/jitter.ts';
import type { Logger } from '../device/logger.ts';
import { deviceOf, runLoader } from '../loader/loader.ts';
import { PartitionStore } from '../loader/partition-store.ts';
import type { Release } from '../loader/received-image.ts';
import { applicationPorts, interfaceNumbers, runApplication, shownAs } from './application.ts';
import type { Scenario } from './scenarios.ts';

/** Seconds, as the field case of the RC7620 shows them: from, to. */
const life = {
	/** From the end of a loader to the coming of the application. */
	start: [11, 13],
	/** From the end of anything to the coming of the loader. */
	loader: [3.1, 3.5],
} as const;
/** The device number of the field case's lsusb. */
const firstNumber = 59;

export type VirtualModemOptions = {
	scenario: Scenario;
	clock: Clock;
	backend: Backend;
	log?: Logger;
	/** The same seed gives the same times. */
	seed?: number;
};

/** A modem, from its first coming until `stop`: a host cannot tell it from a real one. */
export class VirtualModem {
	readonly #options: Required<VirtualModemOptions>;
	readonly #between: (range: readonly [number, number]) => number;
	readonly #off = new AbortController();
	#living: Promise<void> | undefined;

	#number = firstNumber;
	#release: Release;
	#crashes: boolean;
	/** An image was being written and its end was not seen. */
	#halfWritten = false;
	#strapLow: boolean;
	#bootHold: boolean;
	/** Seconds after which its loader starts the application when nobody asks it for anything. */
	#leavesAfter: number | undefined;
	#wasShown = false;
	/** Resets that a new application still does by itself. */
	#resetsDue = 0;
	#helloDue: boolean;
	#spoiled: boolean;
	/** The emergency loader started it, and it comes by itself. */
	#programmerRuns = false;
	/** What a programmer wrote. */
	readonly store: PartitionStore;
	#power = new AbortController();
	readonly #memory;
	/** Resets since the modem was made, and those in a row that came too early. */
	#resets = 0;
	#earlyResets = 0;

	constructor(options: VirtualModemOptions) {
		this.#options = { log: () => {}, seed: 1, ...options };
		const jitter = createJitter(this.#options.seed);
		this.#between = ([from, to]) => jitter(from, to);
		const { scenario } = options;
		this.store = new PartitionStore(scenario.edl.storage);
		this.#release = scenario.model.released;
		this.#memory = atMemory(scenario.atBehaviour, scenario.model, scenario.usbComp);
		this.#crashes = scenario.application === 'crashes';
		this.#strapLow = scenario.strapLow;
		this.#bootHold = scenario.foundIn === 'loader';
		this.#helloDue = !scenario.helloConsumed;
		this.#spoiled = scenario.spoiled;
	}

	/** Resolves when the modem is on the bus. */
	async start(): Promise<void> {
		const found = Promise.withResolvers<void>();
		this.#living = this.#live(found.resolve).catch((error) => {
			if (error instanceof PowerLost) return;
			found.reject(error);
			throw error;
		});
		await Promise.race([found.promise, this.#living]);
	}

	/** Settles when the modem lives no more; rejects with the defect that ended it. */
	get ended(): Promise<void> {
		return this.#living ?? Promise.resolve();
	}

	/** Takes the power away: the modem goes from the bus and does not come back. */
	async stop(): Promise<void> {
		this.#off.abort(new PowerLost('stopped'));
		await this.#living;
		await this.#options.backend.unplug();
	}

	/** Whether its application runs and stays, or would: for whoever asks the modem itself. */
	get starts(): boolean {
		return !this.#crashes && !this.#halfWritten;
	}

	/** The firmware that it prefers to run. */
	get prefers(): string {
		return this.#memory.preferred?.firmware ?? this.#release.firmware;
	}

	get release(): Readonly<Release> {
		return this.#release;
	}

	/** Takes the power away for a moment; with TP1 low at its return, the loader holds. */
	powerCycle({ strapLow }: { strapLow: boolean }): void {
		this.#bootHold = strapLow;
		this.#power.abort(new PowerLost('power cycle'));
	}

	async #live(found: () => void): Promise<never> {
		for (;;) {
			const holds = this.#holds() || this.#showsLoader();
			this.#bootHold = false;
			const absence = await (holds ? this.#runLoader(found) : this.#runApplication(found)).catch(
				(error: unknown) => {
					if (!(error instanceof PowerLost) || this.#off.signal.aborted) throw error;
					return this.#between(this.#options.scenario.absent);
				},
			);
			this.#resets += 1;
			this.#number += 1;
			await this.#wait(this.#holds() ? this.#between(life.loader) : absence);
		}
	}

	/** Whether the loader comes on the way to the application, and goes by itself. */
	#showsLoader(): boolean {
		const { showsLoader } = this.#options.scenario;
		this.#wasShown = showsLoader !== undefined && !this.#wasShown;
		if (this.#wasShown) this.#leavesAfter = showsLoader;
		return this.#wasShown;
	}

	/** Whether the loader stays instead of starting the application. */
	#holds(): boolean {
		const { holdsAfterResets = Number.POSITIVE_INFINITY } = this.#options.scenario;
		return this.#strapLow || this.#bootHold || this.#earlyResets >= holdsAfterResets;
	}

	/** Returns the seconds until an application would come. */
	#runLoader(found: () => void): Promise<number> {
		const { scenario, clock, log } = this.#options;
		return this.#powered(async (power) => {
			const pipe = new Endpoint(clock, power);
			const device = deviceOf(
				scenario.loader,
				shownAs(scenario, this.#memory).model,
				this.#number,
				scenario.loaderProduct,
			);
			await this.#plug('loader', device, [[0, pipe]]);
			found();
			if (this.#leavesAfter !== undefined) void this.#giveUp(pipe, power, this.#leavesAfter);
			this.#leavesAfter = undefined;
			const past = {
				helloDue: this.#helloDue,
				spoiled: this.#spoiled,
				programmerRuns: this.#programmerRuns,
				store: this.store,
			};
			this.#helloDue = true;
			this.#spoiled = false;
			this.#programmerRuns = false;
			const goesAfter = await runLoader(pipe, scenario, past, {
				clock,
				power,
				log,
				model: scenario.model,
				traits: scenario,
				committing: () => {
					this.#halfWritten = true;
				},
				programmerStarts: () => {
					this.#programmerRuns = true;
				},
				accepted: (release) => this.#accept(release),
			});
			await this.#wait(goesAfter);
			this.#earlyResets = 0;
			return this.#between(life.start);
		});
	}

	/** The application starts when nobody asks the loader for anything. */
	async #giveUp(pipe: Endpoint, power: AbortSignal, after: number) {
		const { clock, log } = this.#options;
		await clock.sleep(after, power);
		if (power.aborted || pipe.wasAsked) return;
		log('nobody asked for a download: the application starts');
		this.#power.abort(new PowerLost('nobody asked'));
	}

	#accept(release: Partial<Release>) {
		this.#release = { ...this.#release, ...release };
		this.#options.log(`the image is accepted: ${Object.values(release).join(', ')}`);
		this.#halfWritten = false;
		// Settings mend no application, and the person waits for the firmware before letting go of TP1.
		if (release.firmware === undefined) return;
		this.#resetsDue = this.#options.scenario.resetsAfterUpdate;
		// What was flashed last is preferred.
		if (!this.#options.scenario.keepsPreference) this.#memory.preferred = undefined;
		this.#memory.imagesDeleted = false;
		this.#crashes = false;
		this.#strapLow = false;
	}

	#runApplication(found: () => void): Promise<number> {
		const { scenario, clock, log } = this.#options;
		return this.#powered(async (power) => {
			const ports = applicationPorts(clock, power);
			const { model, composition } = shownAs(scenario, this.#memory);
			const speed = scenario.applicationSpeed;
			const device = applicationDevice(model, this.#number, composition, speed);
			const numbers = Object.entries(interfaceNumbers[composition]);
			await this.#plug(
				'application',
				device,
				numbers.map(([name, number]) => [number, ports[name as keyof typeof ports]]),
			);
			found();
			const came = clock.now();
			const facts = () => ({
				...this.#release,
				model,
				uptime: clock.now() - came,
				resets: this.#resets,
				memory: this.#memory,
				atBehaviour: scenario.atBehaviour,
			});
			const resets = this.#resetsDue-- > 0;
			const crashesAfter = this.starts && !resets ? undefined : this.#between(scenario.present);
			const life = { facts, scenario, composition, crashesAfter, clock, power, log };
			const end = await runApplication(ports, life);
			const downloads = end === 'download' && !scenario.ignoresBootHold;
			if (downloads) this.#leavesAfter = scenario.waitsForDownload;
			this.#bootHold = downloads || (end === 'boot-hold' && !scenario.ignoresBootHold);
			this.#earlyResets = end === 'crash' ? this.#earlyResets + 1 : 0;
			return this.#between(scenario.absent);
		});
	}

	/** Runs one power-up; its end ends everything that still goes on in it, and unplugs. */
	async #powered<T>(run: (power: AbortSignal) => Promise<T>): Promise<T> {
		const power = new AbortController();
		this.#power = power;
		const off = () => power.abort(this.#off.signal.reason);
		this.#off.signal.addEventListener('abort', off, { once: true });
		try {
			return await run(power.signal);
		} finally {
			this.#off.signal.removeEventListener('abort', off);
			power.abort(new PowerLost('the modem reset'));
			await this.#options.backend.unplug();
			this.#options.log('went from the bus');
		}
	}

	#plug(what: string, device: UsbDevice, endpoints: [number, Endpoint][]): Promise<void> {
		const { backend, log } = this.#options;
		const ports: Ports = new Map(
			endpoints.map(([number, endpoint]) => {
				const iface = device.interfaces.find((one) => one.number === number);
				const name = iface?.nodes[0] ?? `interface ${number}`;
				const open: PortHandler = (opening) => {
					log(`${name} opened`);
					opening.once('close', () => log(`${name} closed`));
					endpoint.open(opening);
				};
				return [number, open];
			}),
		);
		log(`the ${what} came, device ${device.number}, ${device.interfaces.length} interface(s)`);
		return backend.plug(device, ports);
	}

	async #wait(seconds: number): Promise<void> {
		await this.#options.clock.sleep(seconds, this.#off.signal);
		this.#off.signal.throwIfAborted();
	}
}
