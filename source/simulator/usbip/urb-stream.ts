import type { ByteQueue } from './byte-queue.ts';
import type { Gadget } from './gadget.ts';
import {
	BrokenProtocol,
	headerLength,
	type Request,
	readHeader,
	submitted,
	type UrbStatus,
	unlinked,
	urbStatus,
} from './protocol.ts';
import type { Urb } from './urb.ts';

/** More than any driver has under way; a client that goes beyond lies, or means harm. */
const most = { transfers: 4096, bytes: 64 << 20 };
const nothing = Buffer.alloc(0);

/** The part of a connection behind the import: transfers in any order, each answered once. */
export class UrbStream {
	readonly #bytes: ByteQueue;
	readonly #gadget: Gadget;
	readonly #send: (header: Buffer, data?: Buffer) => void;
	readonly #pending = new Map<number, Urb>();
	#waiting = 0;
	#request: Request | undefined;

	constructor(bytes: ByteQueue, gadget: Gadget, send: (header: Buffer, data?: Buffer) => void) {
		this.#bytes = bytes;
		this.#gadget = gadget;
		this.#send = send;
	}

	/** Does what has wholly arrived; throws BrokenProtocol for what no kernel sends. */
	read(): void {
		for (;;) {
			if (!this.#request) {
				const header = this.#bytes.take(headerLength);
				if (!header) return;
				this.#request = readHeader(header);
			}
			const request = this.#request;
			if (request.command === 'unlink') this.#unlink(request.seqnum, request.victim);
			else {
				const isIn = request.address >= 0x80;
				const data = isIn ? nothing : this.#bytes.take(request.length);
				if (!data) return;
				this.#submit(request, data);
			}
			this.#request = undefined;
		}
	}

	/** The host is gone: nothing is answered any more. */
	end(): void {
		for (const urb of this.#pending.values()) this.#gadget.cancel(urb);
		this.#pending.clear();
	}

	#submit(request: Extract<Request, { command: 'submit' }>, data: Buffer) {
		const { seqnum, address, length, shortIsError, setup } = request;
		if (this.#pending.has(seqnum)) throw new BrokenProtocol(`transfer ${seqnum} came twice`);
		this.#waiting += data.length;
		const urb: Urb = {
			address,
			length,
			shortIsError,
			setup,
			data,
			complete: (status, answer = 0) => {
				if (this.#forget(seqnum)) this.#answer(seqnum, status, answer);
			},
		};
		this.#pending.set(seqnum, urb);
		if (this.#pending.size > most.transfers || this.#waiting > most.bytes) {
			throw new BrokenProtocol('more transfers at once than any driver has');
		}
		this.#gadget.submit(urb);
	}

	#answer(seqnum: number, status: UrbStatus, answer: Buffer | number) {
		if (typeof answer === 'number') this.#send(submitted(seqnum, status, answer));
		else this.#send(submitted(seqnum, status, answer.length), answer);
	}

	/** -ECONNRESET when it was taken back in time; 0 when its own answer went out before. */
	#unlink(seqnum: number, victim: number) {
		const urb = this.#pending.get(victim);
		const inTime = urb !== undefined && this.#gadget.cancel(urb);
		if (inTime) this.#forget(victim);
		this.#send(unlinked(seqnum, inTime ? urbStatus.unlinked : urbStatus.ok));
	}

	#forget(seqnum: number): boolean {
		this.#waiting -= this.#pending.get(seqnum)?.data.length ?? 0;
		return this.#pending.delete(seqnum);
	}
}
