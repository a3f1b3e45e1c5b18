import { kernelLog } from './kernel-log.ts';
import { plugIn, portPath } from './modem.ts';
import { modemscope, program, type Run, succeeds } from './run.ts';
import { UsbTraffic } from './usb-traffic.ts';

/** The OUT endpoint of the AT port of the simulated modem. */
const atOut = 3;

/** Waits for AT!BOOTHOLD to be wanted; resolves when it may be plugged in. */
export async function modemscopeCatches(): Promise<Run> {
	const arguments_ = [
		'at',
		'--catch',
		'--yes',
		'BOOTHOLD',
		'--device',
		portPath,
		'--json',
		'AT!BOOTHOLD',
	];
	const run = modemscope(...arguments_);
	await run.line(/"type":"armed"/);
	return run;
}

/** What is done without it: a loop in a shell, here one that never sleeps. */
export async function shellCatches(): Promise<Run> {
	const port = '/dev/ttyUSB2';
	const loop = `until [ -c ${port} ]; do :; done; timeout 2 cat ${port} & printf 'AT!BOOTHOLD\\r' >${port}; wait; true`;
	return program('sh', '-c', loop);
}

/**
 * Lets one who waits catch a boot loop. `windows` is how many it took, `after` the seconds from the
 * kernel's word that the AT port is there to the first byte of the command on the bus.
 */
export async function catchOnce(
	seed: number,
	waits: () => Promise<Run>,
): Promise<{ windows: number; after: number; said: readonly string[] }> {
	const since = Date.now() / 1000;
	const traffic = new UsbTraffic();
	const waiting = await waits();
	const modem = await plugIn('exact-loop', '--seed', String(seed));
	await succeeds(waiting);
	const first = await traffic.firstOut(atOut);
	await modem.stop();
	await traffic.stop();
	const ports = kernelLog().filter(
		({ at, text }) => at > since && /attached to ttyUSB2/.test(text),
	);
	return { windows: ports.length, said: waiting.said, after: first - (ports[0]?.at ?? Number.NaN) };
}
