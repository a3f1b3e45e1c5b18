import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import { wrap } from '../../recording/export/wrap.ts';
import { deviceAbout, deviceText } from '../../usb/device/device-text.ts';
import { isModem } from '../../usb/device/modes.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import type { Output } from '../common/command.ts';

/** `watch --list`: the modems that are there now, with their interfaces; throws a Problem when there is none. */
export async function listModems(
	host: Host,
	{ path, json }: { path: string | undefined; json: boolean },
	{ out, columns }: Output,
): Promise<ExitCode> {
	const all = [...(await listDevices(host.sysfs, host.dev)).values()];
	const devices = all.filter((device) => (path ? device.path === path : isModem(device)));
	if (devices.length === 0) {
		throw new Problem(exitCode.noDevice, `No modem is there${path ? ` at ${path}` : ''}.`, {
			next: 'see with "modemscope watch" whether it comes and goes, or what is in the way with "modemscope doctor".',
		});
	}
	devices.forEach((device, index) => {
		if (json) {
			out(jsonText(deviceAbout(device)));
			return;
		}
		if (index > 0) out('');
		for (const row of deviceText(device)) for (const line of wrap(row, columns, 9)) out(line);
	});
	return exitCode.done;
}
