import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ByteQueue } from '../../../source/simulator/usbip/byte-queue.ts';

export type Ended = { status: number; length: number; data: Buffer };
export type Ask = {
	address: number;
	/** Room for IN; what is sent says it for OUT. */
	length?: number;
	data?: Uint8Array;
	setup?: string;
	flags?: number;
};

const deviceId = 0x10002;

/** A header as drivers/usb/usbip/vhci_tx.c writes it. */
export function submitBytes(seqnum: number, ask: Ask): Buffer {
	const { address, data = Buffer.alloc(0), length = data.length, setup, flags = 0 } = ask;
	const ends = [address >> 7, address & 0x7f];
	const header = words([1, seqnum, deviceId, ...ends, flags, length, 0, 0xffffffff, 0]);
	if (setup) header.write(setup, 40, 'hex');
	return Buffer.concat([header, data]);
}

export const unlinkBytes = (seqnum: number, victim: number): Buffer =>
	words([2, seqnum, deviceId, 0, 0, victim]);

function words(values: readonly number[]): Buffer {
	const header = Buffer.alloc(48);
	for (const [index, value] of values.entries()) header.writeUInt32BE(value, index * 4);
	return header;
}

/** The kernel's side of a connection: it numbers transfers and takes their ends, in any order. */
export class Kernel {
	readonly #write: (bytes: Buffer) => void;
	readonly #bytes = new ByteQueue();
	readonly #asked = new Map<number, { isIn: boolean; end: (ended: Ended) => void }>();
	readonly #unlinking = new Map<number, (status: number) => void>();
	#header: Buffer | undefined;
	#seqnum = 0;
	/** In their order, as `submitted 3` and `unlinked 4`. */
	readonly heard: string[] = [];

	constructor(write: (bytes: Buffer) => void) {
		this.#write = write;
	}

	submit(ask: Ask): { seqnum: number; ended: Promise<Ended> } {
		const seqnum = ++this.#seqnum;
		const { promise, resolve } = Promise.withResolvers<Ended>();
		this.#asked.set(seqnum, { isIn: ask.address >= 0x80, end: resolve });
		this.#write(submitBytes(seqnum, ask));
		return { seqnum, ended: promise };
	}

	unlink(victim: number): Promise<number> {
		const seqnum = ++this.#seqnum;
		const { promise, resolve } = Promise.withResolvers<number>();
		this.#unlinking.set(seqnum, resolve);
		this.#write(unlinkBytes(seqnum, victim));
		return promise;
	}

	/** A control transfer; `setup` is its eight bytes in hex. */
	control(setup: string, data: Uint8Array = Buffer.alloc(0)): Promise<Ended> {
		const bytes = Buffer.from(setup, 'hex');
		if (bytes[0]! < 0x80) return this.submit({ address: 0, setup, data }).ended;
		return this.submit({ address: 0x80, setup, length: bytes.readUInt16LE(6) }).ended;
	}

	in(address: number, length = 4096): Promise<Ended> {
		return this.submit({ address, length }).ended;
	}

	out(address: number, data: Uint8Array): Promise<Ended> {
		return this.submit({ address, data }).ended;
	}

	/** Takes what the other side sent, wherever it was cut. */
	hear(bytes: Buffer): void {
		this.#bytes.push(bytes);
		for (;;) {
			this.#header ??= this.#bytes.take(48);
			if (!this.#header) return;
			const header = this.#header;
			const [command, seqnum] = [header.readUInt32BE(0), header.readUInt32BE(4)];
			const status = header.readInt32BE(20);
			if (command === 4) {
				this.heard.push(`unlinked ${seqnum}`);
				this.#unlinking.get(seqnum)!(status);
			} else {
				const asked = this.#asked.get(seqnum);
				if (command !== 3 || !asked) throw new Error(`command ${command} for ${seqnum}`);
				const length = header.readUInt32BE(24);
				const data = this.#bytes.take(asked.isIn ? length : 0);
				if (!data) return;
				this.#asked.delete(seqnum);
				this.heard.push(`submitted ${seqnum}`);
				asked.end({ status, length, data });
			}
			this.#header = undefined;
		}
	}
}

export async function connectTo(port: number): Promise<Socket> {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	return socket.on('error', () => {});
}

/** Everything until the other side hangs up. */
export async function hearAll(socket: Socket): Promise<Buffer> {
	const heard: Buffer[] = [];
	socket.on('data', (bytes: Buffer) => heard.push(bytes));
	if (!socket.closed) await once(socket, 'close');
	return Buffer.concat(heard);
}

export const listRequest = Buffer.from('0111800500000000', 'hex');
export const importRequest = (busId: string) =>
	Buffer.concat([Buffer.from('0111800300000000', 'hex'), Buffer.from(busId.padEnd(32, '\0'))]);

/** `usbip attach`: the device's record, and then its transfers over the same connection. */
export async function attach(
	port: number,
	busId = '1-1',
): Promise<{ socket: Socket; record: Buffer; kernel: Kernel }> {
	const socket = await connectTo(port);
	const kernel = new Kernel((bytes) => socket.write(bytes));
	const queue = new ByteQueue();
	const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
	socket.once('close', () => reject(new Error('hung up')));
	let attached = false;
	socket.on('data', (bytes: Buffer) => {
		if (attached) return kernel.hear(bytes);
		queue.push(bytes);
		const record = queue.take(320);
		if (!record) return;
		attached = true;
		kernel.hear(queue.take(queue.length)!);
		resolve(record);
	});
	socket.write(importRequest(busId));
	return { socket, record: await promise, kernel };
}

export const setup = {
	device: '8006000100001200',
	shortConfiguration: '8006000200000900',
	configuration: '800600020000ff00',
	configure: '0009010000000000',
	unconfigure: '0009000000000000',
};
