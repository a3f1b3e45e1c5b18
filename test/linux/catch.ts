import { kernelLog } from './kernel-log.ts';
import { plugIn, portPath, until } from './modem.ts';
import { modemscope, program, type Run, succeeds } from './run.ts';
import { UsbTraffic } from './usb-traffic.ts';

/** The OUT endpoint of the AT port of the simulated modem. */
const atOut = 3;

const options = ['--catch', '--yes', 'BOOTHOLD', '--device', portPath, '--json', '--for', '5h'];

/** Waits for AT!BOOTHOLD to be wanted; resolves when it may be plugged in. */
export async function modemscopeCatches(cli?: string): Promise<Run> {
	const arguments_ = ['at', ...options, 'AT!BOOTHOLD'];
	const run = cli ? program(process.execPath, cli, ...arguments_) : modemscope(...arguments_);
	await run.line(/"type":"armed"/);
	return run;
}

/**
 * Lets one process catch the same modem again and again: it answers AT!BOOTHOLD with OK, goes, and
 * comes as its application a second later. Seconds as `after` of `catchOnce`, of each coming.
 */
export async function catchAgain(times: number, seed: number, cli?: string): Promise<number[]> {
	const since = Date.now() / 1000;
	const traffic = new UsbTraffic();
	const waiting = await modemscopeCatches(cli);
	const modem = await plugIn('dpr-grounded', '--seed', String(seed), '--speed', '12');
	const fired = () => waiting.said.filter((line) => /"type":"fired"/.test(line)).length;
	await until(() => fired() >= times, `${times} are caught`, 60 + times * 30);
	await modem.stop();
	await waiting.stop();
	await traffic.stop();
	const ports = comingsOfAt(since).slice(0, times);
	const firsts = traffic.firstsOut(atOut);
	return ports.map((at, index) => {
		const next = ports[index + 1] ?? Number.POSITIVE_INFINITY;
		return (firsts.find((first) => first > at - early && first < next - early) ?? next) - at;
	});
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
	const ports = comingsOfAt(since);
	return { windows: ports.length, said: waiting.said, after: first - (ports[0] ?? Number.NaN) };
}

/** A blind write may come before the kernel's word, by seconds. */
const early = 0.2;

/** When the kernel said that the AT port is there, seconds of the wall clock. */
const comingsOfAt = (since: number): number[] =>
	kernelLog()
		.filter(({ at, text }) => at > since && /attached to ttyUSB2/.test(text))
		.map(({ at }) => at);
