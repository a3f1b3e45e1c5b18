import type { UsbDevice, UsbEndpoint } from '../../events.ts';
import type { Ports } from '../device/backend.ts';
import { addressOf, type Descriptors, describe, type Interface } from '../device/descriptors.ts';
import { BulkPipe } from './bulk-pipe.ts';
import { answerControl, type Controlled, readSetup } from './control.ts';
import { MessagePipe } from './message-pipe.ts';
import { urbStatus } from './protocol.ts';
import type { Urb, UrbQueue } from './urb.ts';

/** Interfaces that speak in messages over the control endpoint. */
const messageDrivers = new Set(['qmi_wwan', 'cdc_mbim']);

/**
 * A modem as a USB device, for one life on the bus. USB knows no opening of a port: all of them open
 * when the host configures the device.
 */
export class Gadget implements Controlled {
	readonly descriptors: Descriptors;
	readonly halted = new Set<number>();
	readonly alternates = new Map<number, number>();
	readonly #ports: Ports;
	readonly #queues = new Map<number, UrbQueue>();
	readonly #pipes = new Map<number, BulkPipe | MessagePipe>();
	#configuration = 0;

	constructor(device: UsbDevice, ports: Ports) {
		this.descriptors = describe(device);
		this.#ports = ports;
	}

	get configuration(): number {
		return this.#configuration;
	}

	/** Opens every port for configuration 1, after closing them all. */
	configure(configuration: number): void {
		for (const queue of this.#queues.values()) queue.flush(urbStatus.shutdown);
		for (const pipe of this.#pipes.values()) pipe.destroy();
		this.#queues.clear();
		this.#pipes.clear();
		this.halted.clear();
		this.alternates.clear();
		this.#configuration = configuration;
		if (configuration === 0) return;
		for (const one of this.descriptors.interfaces) this.#open(one);
	}

	submit(urb: Urb): void {
		const queue = this.halted.has(urb.address) ? undefined : this.#queues.get(urb.address);
		if ((urb.address & 0x7f) === 0) this.#control(urb);
		else if (queue) queue.submit(urb);
		else urb.complete(urbStatus.stall);
	}

	/** Whether the transfer still waited; it will not be completed. */
	cancel(urb: Urb): boolean {
		return this.#queues.get(urb.address)?.cancel(urb) ?? false;
	}

	isEndpoint(address: number): boolean {
		return this.#queues.has(address);
	}

	messages(iface: number): MessagePipe | undefined {
		const pipe = this.#pipes.get(iface);
		return pipe instanceof MessagePipe ? pipe : undefined;
	}

	#open({ iface, interrupt, in: bulkIn, out }: Interface) {
		const pipe = messageDrivers.has(iface.driver ?? '')
			? new MessagePipe(iface.number)
			: new BulkPipe(this.descriptors.bulkPacket);
		this.#pipes.set(iface.number, pipe);
		const queue = (endpoint: UsbEndpoint | undefined, urbs: UrbQueue) => {
			if (endpoint) this.#queues.set(addressOf(endpoint), urbs);
		};
		queue(interrupt, pipe.interrupts);
		queue(bulkIn, pipe.in);
		queue(out, pipe.out);
		this.#ports.get(iface.number)?.(pipe);
	}

	#control(urb: Urb) {
		const setup = readSetup(urb.setup);
		const answer = answerControl(this, setup, urb.data);
		if (!answer) urb.complete(urbStatus.stall);
		else if (urb.address === 0) urb.complete(urbStatus.ok, urb.data.length);
		else urb.complete(urbStatus.ok, answer.subarray(0, Math.min(setup.length, urb.length)));
	}
}
