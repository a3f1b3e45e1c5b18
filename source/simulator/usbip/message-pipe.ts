import { Duplex } from 'node:stream';
import { urbStatus } from './protocol.ts';
import { UrbQueue } from './urb.ts';

/** RESPONSE_AVAILABLE for an interface (CDC 1.2, 6.3): what to read is at the control endpoint. */
const responseAvailable = (iface: number) => Buffer.from([0xa1, 0x01, 0, 0, iface, 0, 0, 0]);

/**
 * The modem's end of an interface that speaks in messages over the control endpoint, as QMI does:
 * what it writes in one piece is one message, announced on the interrupt endpoint.
 */
export class MessagePipe extends Duplex {
	readonly interrupts = new UrbQueue(() => this.#announce());
	/** The network's own packets: none ever come, and those of the host go nowhere. */
	readonly in = new UrbQueue();
	readonly out = new UrbQueue(() => this.#swallow());
	readonly #iface: number;
	readonly #answers: Buffer[] = [];
	#due = 0;

	constructor(iface: number) {
		super();
		this.#iface = iface;
	}

	/** SEND_ENCAPSULATED_COMMAND. */
	send(message: Buffer): void {
		if (message.length > 0) this.push(message);
	}

	/** GET_ENCAPSULATED_RESPONSE: nothing, when there is none. */
	receive(): Buffer {
		return this.#answers.shift() ?? Buffer.alloc(0);
	}

	override _write(message: Buffer, _encoding: string, taken: () => void): void {
		this.#answers.push(message);
		this.#due += 1;
		this.#announce();
		taken();
	}

	override _read(): void {}

	#swallow() {
		const urb = this.out.shift();
		urb?.complete(urbStatus.ok, urb.data.length);
	}

	#announce() {
		while (this.#due > 0 && this.interrupts.next) {
			this.#due -= 1;
			const notification = responseAvailable(this.#iface);
			this.interrupts.shift()!.complete(urbStatus.ok, notification);
		}
	}
}
