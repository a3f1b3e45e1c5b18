import { join } from 'node:path';
import { withAtChannel } from '../../at/port.ts';
import type { UsbDevice } from '../../events.ts';
import { revisionOf } from '../../flash/run/verify.ts';
import type { Host } from '../../host.ts';
import { exitCode, Problem } from '../../problem.ts';
import { atNode, isModem } from '../../usb/device/modes.ts';
import { watchUsb } from '../../usb/scan/watch.ts';
import { demandUsb } from '../common/find-host.ts';

/** Seconds for the answer to ATI in a plan. */
const answerWait = 3;

/** The modem at this port path, or the first one seen; waits for it for so many seconds. */
export async function findModem(
	host: Host,
	path: string | undefined,
	seconds: number,
): Promise<UsbDevice> {
	demandUsb(host);
	let came = new AbortController();
	const usb = await watchUsb(
		host,
		(_, fact) => {
			if (fact.type === 'usb-came') came.abort();
		},
		(device) => (path === undefined ? isModem(device) : device.path === path),
	);
	const first = () => [...usb.devices().values()][0];
	const end = host.clock.now() + seconds;
	// One that was told when it was gone already is no modem to plan for.
	while (!first() && host.clock.now() < end) {
		came = new AbortController();
		await host.clock.sleep(end - host.clock.now(), came.signal);
	}
	usb.stop();
	const device = first();
	if (device) return device;
	throw new Problem(exitCode.noDevice, `No modem is there${path ? ` at ${path}` : ''}.`, {
		next: 'look with "modemscope watch"; add --catch to wait for one that comes and goes.',
	});
}

/** What an application says of itself, for a plan. */
export type Told = { readonly from?: string | undefined; readonly bootInfo?: readonly string[] };

export async function askModem(host: Host, device: UsbDevice): Promise<Told> {
	const node = atNode(device);
	if (node === undefined) return {};
	try {
		const port = join(host.dev, node);
		return await withAtChannel(
			host,
			port,
			() => {},
			async (at) => {
				const { lines } = await at.send('ATI', answerWait);
				const bootInfo = (await at.send('AT!BSINFO?', answerWait)).lines;
				return { from: revisionOf(lines), bootInfo };
			},
		);
	} catch (error) {
		if (error instanceof Problem) return {};
		throw error;
	}
}
