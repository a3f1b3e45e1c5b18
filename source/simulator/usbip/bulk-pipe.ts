import { Duplex } from 'node:stream';
import { urbStatus } from './protocol.ts';
import { UrbQueue } from './urb.ts';

/**
 * The modem's end of a pair of bulk endpoints. What the modem writes in one piece is one message: it
 * waits for an IN transfer, and ends that one, whether the last packet is full or not (a modem that
 * knows of zero length packets sends one there). An OUT transfer ends when the modem took its bytes.
 */
export class BulkPipe extends Duplex {
	readonly in = new UrbQueue(() => this.#give());
	readonly out = new UrbQueue(() => this.#take());
	/** Nothing is ever announced there. */
	readonly interrupts = new UrbQueue();
	readonly #packet: number;
	#said: { bytes: Buffer; taken: () => void } | undefined;
	#wanted = false;

	/** `packet` is the largest packet of both endpoints, bytes. */
	constructor(packet: number) {
		// Nothing is read ahead: the host shall feel how fast the modem takes it.
		super({ readableHighWaterMark: 1 });
		this.#packet = packet;
	}

	override _write(bytes: Buffer, _encoding: string, taken: () => void): void {
		this.#said = { bytes, taken };
		this.#give();
	}

	override _read(): void {
		this.#wanted = true;
		this.#take();
	}

	#take() {
		while (this.out.next && (this.#wanted || this.out.next.data.length === 0)) {
			const urb = this.out.shift()!;
			if (urb.data.length > 0) {
				this.#wanted = false;
				this.push(urb.data);
			}
			urb.complete(urbStatus.ok, urb.data.length);
		}
	}

	#give() {
		while (this.#said && this.in.next) {
			const { bytes, taken } = this.#said;
			const urb = this.in.shift()!;
			const given = bytes.subarray(0, urb.length);
			const babbles = bytes.length > urb.length && urb.length % this.#packet !== 0;
			// What is left of a packet for which there was no room is lost, as on the bus.
			const room = babbles ? Math.ceil(urb.length / this.#packet) * this.#packet : urb.length;
			const rest = bytes.subarray(room);
			if (rest.length > 0 || urb.length === 0) this.#said = { bytes: rest, taken };
			else {
				this.#said = undefined;
				taken();
			}
			if (babbles) urb.complete(urbStatus.overflow, given);
			else if (urb.shortIsError && given.length < urb.length) urb.complete(urbStatus.short, given);
			else urb.complete(urbStatus.ok, given);
		}
	}
}
