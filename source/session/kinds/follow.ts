import { isoTime } from '../../clock.ts';
import type { Event, Header } from '../../events.ts';
import { followStream } from '../../recording/file/follow-stream.ts';
import { FirmwareController } from '../control/firmware-controller.ts';
import { ReadModels } from '../read-models.ts';
import type { Session } from '../session.ts';
import { BaseSession } from './base-session.ts';
import { presentIn } from './present.ts';

const secondsNow = () => performance.now() / 1000;

/**
 * A session on events that come in a pipe, as `ssh gw modemscope watch --json` sends them: the gateway
 * looks, and this machine draws. Findings are made here, from the same events.
 */
export class FollowSession extends BaseSession implements Session {
	readonly label = 'followed';
	header: Header;
	readonly hasUsb = true;
	readonly firmware = new FirmwareController(undefined, () => this.changed());
	/** Resolves when nothing more comes. */
	readonly ended: Promise<void>;
	protected readonly models = new ReadModels();
	/** Seconds from this machine's clock to that of the events. */
	#offset: number | undefined;
	#end: number | undefined;
	readonly #passing: NodeJS.Timeout;

	constructor(stream: AsyncIterable<Buffer>) {
		super();
		this.header = {
			modemscope: 1,
			started: isoTime(),
			title: 'followed',
			origin: 'a pipe',
			speed: 1,
		};
		this.#passing = setInterval(() => {
			if (this.#offset !== undefined && this.#end === undefined) this.models.pass(this.now());
			this.changed();
		}, 1000);
		const ended = (text: string) => {
			this.#add({ t: this.now(), source: 'log', type: 'note', text });
			this.#end = this.now();
		};
		this.ended = followStream(
			stream,
			(header) => {
				this.header = header;
			},
			(event) => this.#add(event),
		).then(
			() => ended('The pipe ended: nothing more comes.'),
			({ message }: Error) => ended(`The pipe broke: ${message}`),
		);
	}

	now(): number {
		return this.#end ?? (this.#offset === undefined ? 0 : secondsNow() + this.#offset);
	}
	get devices() {
		return presentIn(this.timeline, this.now());
	}

	async mark(text: string): Promise<string> {
		this.#add({ t: this.now(), source: 'person', type: 'mark', text });
		return 'Marked, until this is closed: what comes in a pipe is not recorded here.';
	}

	async end(): Promise<void> {
		clearInterval(this.#passing);
		await this.firmware.close();
	}

	#add(event: Event): void {
		// The rules find them here anew.
		if (event.type === 'finding') return;
		this.#offset = Math.max(this.#offset ?? -Infinity, event.t - secondsNow());
		this.models.add(event);
		this.changed();
	}
}
