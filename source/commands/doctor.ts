import type { Result } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import type { UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { jsonText, sanitize } from '../protocol/text/sanitize.ts';
import { wrap } from '../recording/export/wrap.ts';
import { modelOf } from '../usb/device/model.ts';
import { isModem, modeLabel } from '../usb/device/modes.ts';
import { listDevices } from '../usb/scan/sysfs.ts';
import type { Output } from './common/command.ts';
import { findUsbHost } from './common/find-host.ts';
import type { DoctorFlags } from './common/options.ts';

/** `modemscope doctor`: what stands in the way, and the command that mends it. Exit code 4 when something does. */
export async function doctor(flags: DoctorFlags, output: Output): Promise<ExitCode> {
	const { host, leave } = await findUsbHost(
		flags.rehearsal,
		'load its USB driver, pass USB through to this container, or run modemscope where the modem is.',
	);
	try {
		const devices = await modemsOf(host, flags.device);
		const isWell: boolean[] = [];
		for (const device of devices) {
			const results = await examine(host, device);
			isWell.push(results.every(({ state }) => state !== 'in the way'));
			if (flags.json) sayJson(device, results, output);
			else sayText(device, results, output);
		}
		return isWell.every(Boolean) ? exitCode.done : exitCode.noAccess;
	} finally {
		leave();
	}
}

async function modemsOf(host: Host, path: string | undefined): Promise<UsbDevice[]> {
	const all = [...(await listDevices(host.sysfs, host.dev)).values()];
	const devices = all.filter((device) => (path ? device.path === path : isModem(device)));
	if (devices.length > 0) return devices;
	throw new Problem(exitCode.noDevice, `No modem is there${path ? ` at ${path}` : ''}.`, {
		next: 'look with "modemscope watch" whether it comes and goes; if it never comes, look at its power and its cable.',
	});
}

function sayJson({ path, vid, pid }: UsbDevice, results: readonly Result[], { out }: Output): void {
	for (const result of results) out(jsonText({ type: 'check', path, vid, pid, ...result }));
}

const signs = { ok: 'ok', 'in the way': 'NO', 'not seen': '?' };

function sayText(device: UsbDevice, results: readonly Result[], { out, columns }: Output): void {
	const { path, vid, pid } = device;
	out(sanitize(`${path}  ${vid}:${pid}  ${modelOf(device)}, ${modeLabel(device)}`));
	for (const { check, state, says, mend } of results) {
		const head = `  ${signs[state].padEnd(4)}${check.padEnd(14)}`;
		const rows = wrap(sanitize(says), columns - head.length);
		rows.forEach((row, index) => {
			out((index === 0 ? head : ' '.repeat(head.length)) + row);
		});
		// A command is not broken: it is to be copied.
		if (mend) out(sanitize(`      Next: ${mend}`));
	}
}
