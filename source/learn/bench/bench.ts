/** The simulated modems of one lesson and the host that a learner sits at, in one process. */
import type { Emit, EventOf, Fact, UsbDevice } from '../../events.ts';
import { LinkLost } from '../../link/link.ts';
import { type RecordedLink, recordTraffic } from '../../link/traffic-recorder.ts';
import { exitCode, Problem } from '../../problem.ts';
import { EventLog } from '../../recording/log/event-log.ts';
import { Traffic } from '../../recording/log/traffic.ts';
import {
	createInProcessBackend,
	type InProcessBackend,
} from '../../simulator/backend/in-process.ts';
import { VirtualModem } from '../../simulator/modem/virtual-modem.ts';
import { Timeline } from '../../usb/timeline/timeline.ts';
import type { Exercise } from './lesson.ts';
import { LessonClock } from './lesson-clock.ts';
import type { Act, Change, Opened, Seen, Told } from './seen.ts';

/** What is held: a lesson that is left open for a day stays as small as it was. */
const held = { told: 1000, events: 2000, hex: 512 * 1024, frames: 300 };
/** Each modem has room for so many ttys. */
const ttysEach = 3;
/** Longer than any lesson, seconds. */
const forever = 1e9;

type Place = { readonly modem: VirtualModem; readonly backend: InProcessBackend };
type Open = { readonly port: string; readonly modem: number; readonly link: RecordedLink };

/** What was seen up to a moment, to ask for what came after it. */
export type Mark = Readonly<Record<'told' | 'frames' | 'cited', number>>;

export class Bench {
	readonly clock = new LessonClock();
	readonly log = new EventLog({ events: held.events, hex: held.hex });
	readonly timeline = new Timeline();
	readonly traffic = new Traffic(held.frames);
	readonly exercise: Exercise;
	/** Time is let pass fast until then. */
	hurryUntil = 0;
	readonly #places: Place[];
	readonly #firstNode: number;
	#open: Open | undefined;
	#count = 0;
	#told: (Told & { n: number })[] = [];
	#opened: (Opened & { n: number })[] = [];
	#changes: (Change & { n: number })[] = [];
	#acts: (Act & { n: number })[] = [];
	#cited: number[] = [];
	readonly #comings = new Set<(change: Change) => void>();

	constructor(exercise: Exercise, seed: number) {
		this.exercise = exercise;
		this.#firstNode = exercise.firstNode ?? 0;
		this.#places = exercise.modems.map((scenario, index) => {
			const backend = createInProcessBackend(this.clock);
			const log = (does: string) =>
				keep(this.#told, { t: this.clock.now(), modem: index, does, n: ++this.#count });
			const modem = new VirtualModem({
				...{ scenario, backend, log, clock: this.clock },
				seed: seed + index,
			});
			return { modem, backend };
		});
	}

	async start(): Promise<void> {
		for (const [index, { modem, backend }] of this.#places.entries()) {
			let last: UsbDevice | undefined;
			backend.watch((device) => {
				if (last) this.#went(index, last);
				last = device && this.#shown(index, device);
				if (last) this.#came(index, last);
			});
			await modem.start();
		}
	}

	async stop(): Promise<void> {
		await this.close();
		for (const { modem } of this.#places) await modem.stop();
	}

	/** Lets time pass, and what stands still be seen. */
	async pass(seconds: number): Promise<void> {
		await this.clock.advance(seconds);
		this.traffic.settle(this.clock.now());
	}

	/** What is on the bus, by the number of the modem. */
	get devices(): readonly (UsbDevice | undefined)[] {
		return this.#places.map(({ backend }, index) =>
			backend.device ? this.#shown(index, backend.device) : undefined,
		);
	}

	get openPort(): string | undefined {
		return this.#open?.port;
	}

	/** The AT port of the first modem, while its application is there. */
	get atPort(): string | undefined {
		const at = this.devices[0]?.interfaces.find(({ number }) => number === 3);
		return at?.nodes[0];
	}

	get modem(): VirtualModem {
		return this.#places[0]!.modem;
	}

	/** Throws a Problem when there is no such port. */
	async open(port: string): Promise<void> {
		const name = port.replace(/^\/dev\//, '');
		const index = this.devices.findIndex((device) =>
			device?.interfaces.some(({ nodes }) => nodes.includes(name)),
		);
		const iface = this.devices[index]?.interfaces.find(({ nodes }) => nodes.includes(name));
		const nodes = this.#places[index]?.backend.device?.interfaces.find(
			({ number }) => number === iface?.number,
		)?.nodes;
		if (!iface || !nodes) throw new Problem(exitCode.noDevice, `There is no port ${name} now.`);
		await this.close();
		const own = this.#places[index]!.backend.open(nodes[0]!);
		const link = recordTraffic({ ...own, port: name }, this.#emit);
		this.#open = { port: name, modem: index, link };
		const opened = { t: this.clock.now(), modem: index, port: name };
		keep(this.#opened, { ...opened, interface: iface.number, n: ++this.#count });
		void this.#listen(link);
	}

	async close(): Promise<void> {
		const open = this.#open;
		this.#open = undefined;
		await open?.link.close();
	}

	/** Sends to the open port. Throws a Problem when none is open. */
	async send(bytes: Uint8Array): Promise<void> {
		await this.#port().write(bytes);
	}

	/** Sends bytes of the firmware file, and zeros behind its end. */
	async sendFile(offset: number, length: number, head: Uint8Array = new Uint8Array()) {
		const file = this.firmware;
		const bytes = file.subarray(offset, offset + length);
		const padding = Buffer.alloc(length - bytes.length);
		const note = { file: 'firmware', offset, length: bytes.length, padding: padding.length };
		await this.#port().writePayload(Buffer.concat([head, bytes, padding]), {
			...note,
			head: head.length,
		});
	}

	get firmware(): Buffer {
		const { firmware } = this.exercise;
		if (!firmware) throw new Problem(exitCode.usage, 'This lesson has no firmware file.');
		return firmware;
	}

	#port(): RecordedLink {
		if (!this.#open) throw new Problem(exitCode.usage, 'No port is open. Type open and its name.');
		return this.#open.link;
	}

	/** Calls `then` at the next coming, or the next going, of the first modem. */
	next(what: 'came' | 'went', then: () => void): void {
		const listener = ({ modem, ports }: Change) => {
			if (modem !== 0 || ports > 0 !== (what === 'came')) return;
			this.#comings.delete(listener);
			then();
		};
		this.#comings.add(listener);
	}

	did(verb: string): void {
		const modem = this.#open?.modem ?? 0;
		keep(this.#acts, { t: this.clock.now(), modem, verb, n: ++this.#count });
	}

	cite(frames: readonly number[]): void {
		this.#cited = [...this.#cited, ...frames].slice(-held.told);
	}

	get mark(): Mark {
		return { told: this.#count, frames: this.traffic.total, cited: this.#cited.length };
	}

	seen(since: Mark): Seen {
		return { ...this.#since(since), whole: this.#since({ told: 0, frames: 0, cited: 0 }) };
	}

	#since({ told, frames, cited }: Mark): Omit<Seen, 'whole'> {
		const later = ({ n }: { n: number }) => n > told;
		return {
			now: this.clock.now(),
			told: this.#told.filter(later),
			opened: this.#opened.filter(later),
			changes: this.#changes.filter(later),
			acts: this.#acts.filter(later),
			frames: this.traffic.frames.filter(({ number }) => number > frames),
			cited: this.#cited.slice(cited),
		};
	}

	async #listen(link: RecordedLink): Promise<void> {
		try {
			for (;;) await link.read(forever);
		} catch (error) {
			if (!(error instanceof LinkLost)) throw error;
			if (this.#open?.link === link) this.#open = undefined;
		}
	}

	readonly #emit: Emit = (source, fact: Fact) => {
		const event = this.log.append({ t: this.clock.now(), source, ...fact });
		this.timeline.add(event);
		this.traffic.add(event);
	};

	#came(modem: number, device: UsbDevice): void {
		this.#emit('usb', { type: 'usb-came', device });
		this.#changed({ t: this.clock.now(), modem, ports: device.interfaces.length });
	}

	#went(modem: number, { path, vid, pid }: EventOf<'usb-came'>['device']): void {
		this.#emit('usb', { type: 'usb-went', path, vid, pid });
		this.#changed({ t: this.clock.now(), modem, ports: 0 });
	}

	#changed(change: Change): void {
		keep(this.#changes, { ...change, n: ++this.#count });
		for (const listener of [...this.#comings]) listener(change);
	}

	/** Each modem at its own USB port, with its own names under /dev. */
	#shown(index: number, device: UsbDevice): UsbDevice {
		const base = this.#firstNode + index * ttysEach;
		const rename = (node: string) =>
			node.replace(/(?<!\d)\d+$/, (digits) =>
				String(node.startsWith('ttyUSB') ? base + Number(digits) : index),
			);
		const interfaces = device.interfaces.map((each) => ({
			...each,
			nodes: each.nodes.map(rename),
		}));
		return { ...device, path: `3-${index + 1}`, interfaces };
	}
}

function keep<T>(list: T[], entry: T): void {
	list.push(entry);
	if (list.length > 2 * held.told) list.splice(0, held.told);
}
