import { execFileSync } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isFull } from './full.ts';
import { kernelLog } from './kernel-log.ts';
import { plugIn, portPath, until } from './modem.ts';
import { modemscope, output, program } from './run.ts';

/** Each takes 14.4 s. */
const cycles = isFull ? 10 : 3;

/** Attaches and detaches of the modem's port, in the kernel's words. */
function kernelLives(since: number): { at: number; came: boolean }[] {
	return kernelLog()
		.filter(({ at, text }) => at >= since && text.startsWith(`usb ${portPath}: `))
		.filter(({ text }) => /New USB device found|USB disconnect/.test(text))
		.map(({ at, text }) => ({ at, came: !/disconnect/.test(text) }));
}

const udevdRuns = async () => (await program('pidof', 'systemd-udevd').exit) === 0;

/** Watches a boot loop; returns how far each time is from the kernel's, seconds. */
async function watchLoop(): Promise<number[]> {
	const since = Date.now() / 1000;
	const watch = modemscope('watch', '--json');
	await plugIn('exact-loop');
	const wentAll = () => watch.events.filter(({ type }) => type === 'usb-went').length >= cycles;
	await until(wentAll, 'the cycles', 200);
	await watch.stop();
	const lives = watch.events.filter(({ type }) => type === 'usb-came' || type === 'usb-went');
	const kernel = kernelLives(since).slice(0, 2 * cycles);
	expect(lives.slice(0, 2 * cycles).map(({ type }) => type === 'usb-came')).toEqual(
		kernel.map(({ came }) => came),
	);
	expect(kernel).toHaveLength(2 * cycles);

	const firstLoop = watch.events.findIndex(
		({ type, rule }) => type === 'finding' && rule === 'boot-loop',
	);
	expect(firstLoop).toBeGreaterThan(0);
	const before = watch.events.slice(0, firstLoop).filter(({ type }) => type === 'usb-went');
	if (isFull) expect(before).toHaveLength(2);

	expect(watch.events).toContainEqual(
		expect.objectContaining({
			mode: 'application',
			drivers: ['qcserial', 'qmi_wwan'],
			nodes: ['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'cdc-wdm0', 'wwan0'],
		}),
	);
	return kernel.map(({ at }, index) => {
		return Math.abs(Date.parse(String(lives[index]!.time)) / 1000 - at);
	});
}

describe('a boot loop', () => {
	test('is seen as the kernel sees it, within 150 ms', { timeout: 300_000 }, async () => {
		const off = await watchLoop();
		console.log(`off by ${off.map((seconds) => Math.round(seconds * 1000)).join(' ')} ms`);
		if (isFull) expect(Math.max(...off)).toBeLessThanOrEqual(0.15);
	});

	test('is seen within 600 ms where no udevd runs', { timeout: 300_000 }, async () => {
		await output('udevadm', 'control', '--exit');
		while (await udevdRuns()) await output('sleep', '0.2');
		onTestFinished(() => {
			execFileSync('/lib/systemd/systemd-udevd', ['--daemon']);
			execFileSync('udevadm', ['settle', '--timeout=20']);
		});
		const off = await watchLoop();
		console.log(`off by ${off.map((seconds) => Math.round(seconds * 1000)).join(' ')} ms`);
		if (isFull) expect(Math.max(...off)).toBeLessThanOrEqual(0.6);
	});
});
