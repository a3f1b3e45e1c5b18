import type { Event, EventOf } from '../../events.ts';
import { Conversation, type Frame, type PendingReply } from '../../protocol/decode/conversation.ts';
import { Tail } from './tail.ts';

type Place = {
	/** Counted from 1 over the whole recording. */
	number: number;
	port: string;
};

/** A frame of the traffic: decoded bytes, or payload that stands in a file. */
export type TrafficFrame = Frame &
	Readonly<Place> & {
		readonly payload?: EventOf<'payload'>;
	};

/** Frames that a session keeps. */
const framesHeld = 20_000;
const none: readonly TrafficFrame[] = [];
const noBytes = new Uint8Array();

/** Makes frames of the `bytes` and `payload` events of all ports, in order. */
export class Traffic {
	readonly #conversations = new Map<string, Conversation>();
	#frames: Tail<TrafficFrame>;

	/** `held` frames at least are kept, one or more; older ones are dropped. */
	constructor(held = framesHeld) {
		this.#frames = new Tail(held);
	}

	/**
	 * Another one that goes on from here by itself; `earlier` reads the frames up to here by their
	 * number. Without it, those that come are all kept.
	 */
	copy(earlier?: (number: number) => TrafficFrame): Traffic {
		const copy = new Traffic();
		copy.#frames = Tail.after(this.#frames, earlier && ((at) => earlier(at + 1)));
		for (const [port, one] of this.#conversations) copy.#conversations.set(port, one.copy());
		return copy;
	}

	/** Oldest first; all of them, which may be dear in a replay. */
	get frames(): readonly TrafficFrame[] {
		return this.#frames.items;
	}

	/** The frame with this number; undefined where it is not kept, or never was. */
	frame(number: number): TrafficFrame | undefined {
		return this.#frames.at(number - 1);
	}

	/** The number of the oldest that is kept. */
	get first(): number {
		return this.#frames.first + 1;
	}

	/** Frames ever made, dropped ones included; the number of the newest. */
	get total(): number {
		return this.#frames.total;
	}

	/** What the port waits for that was spoken over last; undefined when nothing is due there. */
	get waits(): PendingReply | undefined {
		const port = this.frame(this.total)?.port;
		return port === undefined ? undefined : this.#conversations.get(port)?.pendingReply;
	}

	/** Bytes that wait for the rest of their message, on all ports. */
	get waiting(): number {
		return [...this.#conversations.values()].reduce((sum, { waiting }) => sum + waiting, 0);
	}

	/** Takes one event and returns the frames that it completed. */
	add(event: Event): readonly TrafficFrame[] {
		const late = this.settle(event.t);
		const now = this.#take(event);
		return late.length > 0 ? [...late, ...now] : now;
	}

	/** Frames of what waits for its rest too long at the time `t`: to be called when time passes. */
	settle(t: number): readonly TrafficFrame[] {
		return this.#each((conversation) => conversation.settle(t));
	}

	/** Frames of whatever still waits for its rest: at the end of a recording. */
	flush(): readonly TrafficFrame[] {
		return this.#each((conversation) => conversation.flush());
	}

	#each(framesOf: (conversation: Conversation) => readonly Frame[]): readonly TrafficFrame[] {
		let all: readonly TrafficFrame[] = none;
		for (const [port, conversation] of this.#conversations) {
			const frames = this.#keep(port, framesOf(conversation));
			if (frames.length > 0) all = all.length > 0 ? [...all, ...frames] : frames;
		}
		return all;
	}

	#take(event: Event): readonly TrafficFrame[] {
		switch (event.type) {
			case 'bytes': {
				const bytes = Buffer.from(event.hex, 'hex');
				const conversation = this.#conversation(event.port);
				return this.#keep(event.port, conversation.push(event.t, event.dir, bytes));
			}
			case 'payload': {
				const before = this.#conversation(event.port).pause();
				before.push(payloadFrame(event));
				return this.#keep(event.port, before);
			}
			case 'port-closed':
				// Its modem goes on, and remembers what it was sent.
				return this.#keep(event.port, this.#conversation(event.port).flush());
			case 'port-lost':
				return this.#end(event.port);
			case 'usb-came': {
				const nodes = event.device.interfaces.flatMap(({ nodes }) => nodes);
				const ports = [...this.#conversations.keys()];
				return ports
					.filter((port) => nodes.includes(port.slice(port.lastIndexOf('/') + 1)))
					.flatMap((port) => this.#end(port));
			}
			default:
				return none;
		}
	}

	#end(port: string): readonly TrafficFrame[] {
		const rest = this.#keep(port, this.#conversation(port).flush());
		this.#conversations.delete(port);
		return rest;
	}

	#conversation(port: string): Conversation {
		const known = this.#conversations.get(port) ?? new Conversation();
		this.#conversations.set(port, known);
		return known;
	}

	/** Nobody else has these frames yet. */
	#keep(port: string, frames: readonly (Frame & Partial<Place>)[]): readonly TrafficFrame[] {
		if (frames.length === 0) return none;
		for (const frame of frames) {
			frame.port = port;
			frame.number = this.total + 1;
			this.#frames.push(frame as TrafficFrame);
		}
		return frames as readonly TrafficFrame[];
	}
}

function payloadFrame(event: EventOf<'payload'>): Frame & { payload: EventOf<'payload'> } {
	const end = event.offset + event.length;
	return {
		t: event.t,
		dir: 'out',
		bytes: noBytes,
		protocol: 'data',
		name: `bytes ${event.offset}..${end - 1} of ${event.file}`,
		description: 'Firmware payload, raw. The file has its bytes at this offset.',
		fields: [],
		certainty: 'certain',
		because: 'the sender says so',
		payload: event,
	};
}
