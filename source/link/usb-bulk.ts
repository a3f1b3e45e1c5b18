import { readdirSync } from 'node:fs';
import { Duplex } from 'node:stream';
import type { usb } from 'usb';
import { exitCode, Problem } from '../problem.ts';
import { refuseHeldPort } from './port-holder.ts';
import { writeWait } from './write-timeout.ts';

/** What the library's types leave out: a time for each transfer, milliseconds, and the driver. */
type More = {
	transferIn(endpoint: number, length: number, timeout: number): Promise<USBInTransferResult>;
	transferOut(endpoint: number, bytes: Buffer, timeout: number): Promise<USBOutTransferResult>;
	detachKernelDriver(interfaceNumber: number): Promise<void>;
	attachKernelDriver(interfaceNumber: number): Promise<void>;
};
type UsbDevice = Awaited<ReturnType<typeof usb.getDevices>>[number] & More;

/**
 * How an interface is named as a port that is spoken to without its driver: `usb:3-1:1.0` is
 * interface 0 of the device at port path 3-1, as sysfs names it.
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

/** Bytes of a transfer for which a kernel finds the memory though it is scattered: whole packets. */
const modest = 64 * 1024;

/** Whether this system has what speaks over usbfs. */
export const canOpenBulk = (): Promise<boolean> =>
	import('usb').then(
		() => true,
		() => false,
	);

/** Throws where another process has the tty that a driver makes of the interface: it may write to it. */
function refuseHeldInterface(port: string): void {
	const folder = `/sys/bus/usb/devices/${port.replace(/^usb:/, '')}`;
	for (const name of readdirSync(folder)) {
		if (name.startsWith('tty')) refuseHeldPort(`/dev/${name}`);
	}
}

/**
 * The bulk pipes of an interface, over usbfs; a driver that has it gets it back when they are closed.
 * Throws what the kernel says, or a Problem.
 */
export async function openBulk(port: string): Promise<Duplex> {
	const [, bus = '', ports = '', number = ''] = bulkPortForm.exec(port) ?? [];
	const interfaceNumber = Number(number);
	const { usb } = await import('usb');
	const devices = (await usb.getDevices()) as UsbDevice[];
	const device = devices.find(
		(entry) => Number(entry.bus) === Number(bus) && entry.ports.join('.') === ports,
	);
	if (!device) throw new Problem(exitCode.noDevice, `There is no device at ${bus}-${ports}.`);
	refuseHeldInterface(port);
	await device.open();
	// Where there is no driver there is none to take it from.
	const hadDriver = await device.detachKernelDriver(interfaceNumber).then(
		() => true,
		() => false,
	);
	const claimed = { device, interfaceNumber, hadDriver };
	try {
		await device.claimInterface(interfaceNumber);
		const found = device.configuration?.interfaces.find(
			(entry) => entry.interfaceNumber === interfaceNumber,
		);
		const bulk = found?.alternate.endpoints.filter(({ type }) => type === 'bulk') ?? [];
		const input = bulk.find(({ direction }) => direction === 'in');
		const output = bulk.find(({ direction }) => direction === 'out');
		if (input && output) return new BulkPipes(claimed, input, output.endpointNumber);
		throw new Problem(exitCode.noDevice, `${port} has no bulk endpoints to speak over.`);
	} catch (error) {
		await releaseInterface(claimed);
		throw error;
	}
}

type ClaimedInterface = {
	readonly device: UsbDevice;
	readonly interfaceNumber: number;
	readonly hadDriver: boolean;
};

/** A modem that is gone, or was reset since, needs nothing of it. */
async function releaseInterface({
	device,
	interfaceNumber,
	hadDriver,
}: ClaimedInterface): Promise<void> {
	await device.releaseInterface(interfaceNumber).catch(() => {});
	if (hadDriver) await device.attachKernelDriver(interfaceNumber).catch(() => {});
	await device.close().catch(() => {});
}

class BulkPipes extends Duplex {
	readonly #claimed: ClaimedInterface;
	readonly #input: USBEndpoint;
	readonly #send: (bytes: Buffer) => Promise<void>;
	#reading: Promise<void> | undefined;

	constructor(claimed: ClaimedInterface, input: USBEndpoint, output: number) {
		super({ emitClose: true });
		this.#claimed = claimed;
		this.#input = input;
		this.#send = inTransfers((bytes) =>
			claimed.device.transferOut(output, bytes, writeWait * 1000),
		);
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
				const { data } = await this.#claimed.device.transferIn(endpointNumber, packetSize, slice);
				if (data?.byteLength) this.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
			} catch (error) {
				if (!isTimeout(error)) this.destroy(error as Error);
			}
		}
	}

	override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
		this.#send(bytes).then(() => done(), done);
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		void (async () => {
			await this.#reading;
			await releaseInterface(this.#claimed);
			done(error);
		})();
	}
}

/** Sends bytes by one transfer; by shorter ones from when the kernel has no memory for one so long. */
export function inTransfers(
	transfer: (bytes: Buffer) => Promise<unknown>,
): (bytes: Buffer) => Promise<void> {
	let longest = Number.POSITIVE_INFINITY;
	return async (bytes) => {
		for (let at = 0; at < bytes.length; ) {
			const some = bytes.subarray(at, at + longest);
			try {
				await transfer(some);
				at += some.length;
			} catch (error) {
				// The kernel did not take it, so nothing of it was sent.
				if (!isShortOfMemory(error) || some.length <= modest) throw error;
				longest = modest;
			}
		}
	};
}

/** How the library says that the time for a transfer was over. */
const isTimeout = (error: unknown) => error instanceof Error && /Cancelled/.test(error.message);
/** ENOMEM, by its number. */
const isShortOfMemory = (error: unknown) =>
	error instanceof Error && /Unknown\(12\)/.test(error.message);
