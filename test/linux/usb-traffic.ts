import { program, type Run } from './run.ts';

/** What usbmon counts in: its seconds begin again after so many (drivers/usb/mon/mon_text.c). */
const wrap = 0x1000;

/** Seconds of the kernel's monotonic clock at which a line of usbmon was said. */
function timeOf(line: string): number {
	const now = Number(process.hrtime.bigint()) / 1e9;
	const stamp = Number(line.split(' ')[1]) / 1e6;
	return stamp + wrap * Math.round((now - stamp) / wrap);
}

/** The wall clock when the monotonic one was at 0, seconds. */
const wallClock = () => Date.now() / 1000 - Number(process.hrtime.bigint()) / 1e9;

/** Listens to the first bus, as the kernel hears it: `ffff… 18189716 S Bo:1:002:3 -115 12 = 41542142…`. */
export class UsbTraffic {
	readonly #mon: Run = program('cat', '/sys/kernel/debug/usb/usbmon/1u');

	/** When the first bytes were handed to this OUT endpoint, seconds of the wall clock. */
	async firstOut(endpoint: number): Promise<number> {
		const line = await this.#mon.line(new RegExp(` S Bo:1:\\d+:${endpoint} `), 10);
		return timeOf(line) + wallClock();
	}

	/** The same of each device that was there, in their order. */
	firstsOut(endpoint: number): number[] {
		const firsts = new Map<string, string>();
		for (const line of this.#mon.said) {
			const [, device] = new RegExp(` S Bo:1:(\\d+):${endpoint} `).exec(line) ?? [];
			if (device && !firsts.has(device)) firsts.set(device, line);
		}
		return [...firsts.values()].map((line) => timeOf(line) + wallClock());
	}

	stop(): Promise<void> {
		return this.#mon.stop();
	}
}
