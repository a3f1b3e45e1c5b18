import { Duplex } from 'node:stream';
import type { usb } from 'usb';
import { exitCode, Problem } from '../problem.ts';
import { writeWait } from './patient.ts';

/** The library takes a time for each transfer, milliseconds, that its types leave out. */
type Timed = {
	transferIn(endpoint: number, length: number, timeout: number): Promise<USBInTransferResult>;
	transferOut(endpoint: number, bytes: Buffer, timeout: number): Promise<USBOutTransferResult>;
};
type UsbDevice = Awaited<ReturnType<typeof usb.getDevices>>[number] & Timed;

/**
 * How an interface that no driver holds is named as a port: `usb:3-1:1.0` is interface 0 of the
 * device at port path 3-1, as sysfs names it.
 */
export const bulkPort = (path: string, interfaceNumber: number) =>
	`usb:${path}:1.${interfaceNumber}`;
const bulkPortForm = /^usb:(\d+)-([\d.]+):1\.(\d+)$/;
export const isBulkPort = (port: string): boolean => bulkPortForm.test(port);

/**
 * Milliseconds after which a read that waits looks whether the port was closed: closing a silent one
 * takes as long. It is cancelled for that, and an answer that comes in that very moment is lost; seen
 * on a real kernel with 250 ms.
 */
const slice = 5000;

/** The bulk pipes of an interface, over usbfs. Throws what the kernel says, or a Problem. */
export async function openBulk(port: string): Promise<Duplex> {
	const [, bus = '', ports = '', number = ''] = bulkPortForm.exec(port) ?? [];
	const interfaceNumber = Number(number);
	const { usb } = await import('usb');
	const devices = (await usb.getDevices()) as UsbDevice[];
	const device = devices.find(
		(entry) => Number(entry.bus) === Number(bus) && entry.ports.join('.') === ports,
	);
	if (!device) throw new Problem(exitCode.noDevice, `There is no device at ${bus}-${ports}.`);
	await device.open();
	await device.claimInterface(interfaceNumber);
	const found = device.configuration?.interfaces.find(
		(entry) => entry.interfaceNumber === interfaceNumber,
	);
	const bulk = found?.alternate.endpoints.filter(({ type }) => type === 'bulk') ?? [];
	const input = bulk.find(({ direction }) => direction === 'in');
	const output = bulk.find(({ direction }) => direction === 'out');
	if (!input || !output) {
		await device.close();
		throw new Problem(exitCode.noDevice, `${port} has no bulk endpoints to speak over.`);
	}
	return new BulkPipes(device, interfaceNumber, input, output.endpointNumber);
}

class BulkPipes extends Duplex {
	readonly #device: UsbDevice;
	readonly #interface: number;
	readonly #input: USBEndpoint;
	readonly #output: number;
	#reading: Promise<void> | undefined;

	constructor(device: UsbDevice, interfaceNumber: number, input: USBEndpoint, output: number) {
		super({ emitClose: true });
		this.#device = device;
		this.#interface = interfaceNumber;
		this.#input = input;
		this.#output = output;
	}

	override _read(): void {
		this.#reading ??= this.#readOn();
	}

	/**
	 * One packet at a time: a longer transfer that is cancelled in its middle takes what has come
	 * with it, and the library knows no other way to end one.
	 */
	async #readOn(): Promise<void> {
		const { endpointNumber, packetSize } = this.#input;
		while (!this.destroyed) {
			try {
				const { data } = await this.#device.transferIn(endpointNumber, packetSize, slice);
				if (data?.byteLength) this.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
			} catch (error) {
				if (!isSilence(error)) this.destroy(error as Error);
			}
		}
	}

	override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
		this.#device.transferOut(this.#output, bytes, writeWait * 1000).then(() => done(), done);
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		void (async () => {
			await this.#reading;
			await this.#device.releaseInterface(this.#interface).catch(() => {});
			await this.#device.close().catch(() => {});
			done(error);
		})();
	}
}

/** How the library says that the time for a transfer was over. */
const isSilence = (error: unknown) => error instanceof Error && /Cancelled/.test(error.message);
