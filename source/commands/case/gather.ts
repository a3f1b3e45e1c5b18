/** What is packed besides the recording: looked at, and nothing changed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findAtPort, withAtChannel } from '../../at/port.ts';
import { readState } from '../../at/read-state.ts';
import { examine } from '../../doctor/examine.ts';
import type { Event, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { modelOf } from '../../usb/device/model.ts';
import { isModem, modeLabel } from '../../usb/device/modes.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';

const run = promisify(execFile);

/** Lines of the kernel that may have to do with a modem, and nothing of what else the machine does. */
const ofModems =
	/\busb|tty(USB|ACM)|qcserial|qmi_wwan|cdc|option1?\b|GobiNet|mhi|wwan|xhci|ehci|over-?current|under-?voltage|cold boot|Linux version/i;
/** The newest ones. */
const mostLines = 5000;
/** Bytes of the kernel's log, milliseconds. */
const longestLog = 32 * 1024 * 1024;
const patience = 10_000;

export async function modemsOn(host: Host, path: string | undefined): Promise<UsbDevice[]> {
	const all = [...(await listDevices(host.sysfs, host.dev)).values()];
	return all.filter((device) => (path ? device.path === path : isModem(device)));
}

/** What the doctor says of each modem. */
export async function doctorLines(host: Host, devices: readonly UsbDevice[]): Promise<string[]> {
	if (devices.length === 0) return ['No modem was there.'];
	const each = devices.map(async (device) => {
		const { path, vid, pid } = device;
		const results = await examine(host, device);
		return [
			`${path}  ${vid}:${pid}  ${modelOf(device)}, ${modeLabel(device)}`,
			...results.map(({ check, state, says }) => `  ${state}: ${check}: ${says}`),
		];
	});
	return (await Promise.all(each)).flat();
}

export async function kernelLines({ rehearsal }: Host): Promise<string[]> {
	if (rehearsal !== undefined) return ['A simulated modem in a folder has no kernel.'];
	try {
		const { stdout } = await run('dmesg', [], { maxBuffer: longestLog, timeout: patience });
		return stdout
			.split('\n')
			.filter((line) => ofModems.test(line))
			.slice(-mostLines);
	} catch (error) {
		const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
		return [`The log of the kernel could not be read: ${stderr.trim() || code}. As root it can.`];
	}
}

/** The answers that tell the modem's state; a Problem says why there are none. */
export async function snapshotOf(host: Host, device: UsbDevice | undefined): Promise<Event[]> {
	const events: Event[] = [];
	const { clock } = host;
	const began = clock.now();
	const emit = (source: Event['source'], fact: object) =>
		events.push({ t: clock.now() - began, source, ...fact } as Event);
	const port = await findAtPort(host, device, emit);
	await withAtChannel(host, port, emit, (channel) => readState(channel, undefined));
	return events;
}

/** A snapshot that was asked for, or the sentence why there is none. */
export async function trySnapshot(
	host: Host,
	device: UsbDevice | undefined,
): Promise<{ readonly events?: Event[]; readonly why?: string }> {
	try {
		return { events: await snapshotOf(host, device) };
	} catch (error) {
		if (error instanceof Problem) return { why: error.sentence };
		throw error;
	}
}
