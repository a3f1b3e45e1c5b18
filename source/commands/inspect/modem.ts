import type { Modem } from '../../firmware/match.ts';
import { exitCode, Problem } from '../../problem.ts';
import { modelOf } from '../../usb/device/model.ts';
import { isModem } from '../../usb/device/modes.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import { findUsbHost } from '../common/find-host.ts';
import type { InspectFlags } from '../common/options.ts';

/** The modem that files are matched against, told by flags or plugged in; undefined without one. */
export async function modemOf(flags: InspectFlags): Promise<Modem | undefined> {
	const said = { version: flags.version, carrier: flags.carrier };
	const model = flags.model;
	if (model) return { model, ...said };
	const path = flags.device;
	if (path !== undefined) return { model: await modelAt(path, flags.rehearsal), ...said };
	if (said.version === undefined && said.carrier === undefined) return undefined;
	throw new Problem(exitCode.usage, 'Which modem has that version or carrier?', {
		next: 'name it with --model RC7620, or where it is plugged in with --device 3-1.',
	});
}

async function modelAt(path: string, folder: string | undefined): Promise<string> {
	const { host, leave } = await findUsbHost(folder);
	try {
		const device = (await listDevices(host.sysfs)).get(path);
		if (device && isModem(device)) return modelOf(device);
	} finally {
		leave();
	}
	throw new Problem(exitCode.noDevice, `No modem is plugged in at ${path}.`, {
		next: 'see "modemscope watch --for 1", or name the model with --model.',
	});
}
