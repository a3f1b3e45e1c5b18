/** What a person pastes, made by the real tools of one simulated loop: each form is read as the same timeline. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readText } from '../../source/recording/import/read-text.ts';
import type { Span } from '../../source/usb/timeline/spans.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { kernelLog } from './kernel-log.ts';
import { meet, portPath, until } from './modem.ts';
import { output, program } from './run.ts';

const lives = 2;
const shell = (command: string) => output('sh', '-c', command);

/** journald gives a line the time at which it read it, seconds after the kernel said it. */
const late = 0.5;

/** Of a new minute dmesg's relative times tell the minute alone: how long a life was that goes over it is not told. */
const relative = ['dmesg -H', 'dmesg -e', 'dmesg -H, coloured', 'dmesg --time-format reltime'];

/** By name: the command, and how far a time that it prints may be off, seconds; undefined where it prints none. */
const logs: Readonly<Record<string, readonly [command: string, off: number | undefined]>> = {
	dmesg: ['dmesg', 0.001],
	'dmesg -T': ['dmesg -T', 1],
	'dmesg -d': ['dmesg -d', 0.01],
	'dmesg -dT': ['dmesg -dT', 1],
	'dmesg -H': ['dmesg -H --nopager', 0.01],
	'dmesg -e': ['dmesg -e', 0.01],
	'dmesg -H, coloured': ['dmesg -H --nopager --color=always', 0.01],
	'dmesg -x': ['dmesg -x', 0.001],
	'dmesg -xT': ['dmesg -xT', 1],
	'dmesg -r': ['dmesg -r', 0.001],
	'dmesg -t': ['dmesg -t', undefined],
	'dmesg --time-format iso': ['dmesg --time-format iso', 0.001],
	'dmesg --time-format ctime': ['dmesg --time-format ctime', 1],
	'dmesg --time-format reltime': ['dmesg --time-format reltime', 0.01],
	'dmesg --time-format delta': ['dmesg --time-format delta', 0.01],
	'busybox dmesg': ['busybox dmesg', 0.001],
	'busybox dmesg -r': ['busybox dmesg -r', 0.001],
	'/dev/kmsg': ['dd if=/dev/kmsg iflag=nonblock bs=8192 2>/dev/null || true', 0.001],
	...Object.fromEntries(
		[
			['short', 1 + late],
			['short-full', 1 + late],
			['short-iso', 1 + late],
			['short-iso-precise', late],
			['short-precise', late],
			['short-monotonic', 0.01],
			['short-delta', 0.01],
			['short-unix', late],
			['with-unit', 1 + late],
			['verbose', late],
			['export', late],
			['json', late],
			['json-pretty', late],
			['json-sse', late],
			['json-seq', late],
			['cat', undefined],
		].map(([form, off]) => [
			`journalctl -o ${form}`,
			[`journalctl --no-pager -k -o ${form}`, off] as const,
		]),
	),
};
const lists = {
	lsusb: 'lsusb',
	'lsusb -t': 'lsusb -t',
	'lsusb -tv': 'lsusb -tv',
	'lsusb -v': 'lsusb -v -s 1: 2>/dev/null',
	'usb-devices': 'usb-devices',
	'/sys/kernel/debug/usb/devices': 'cat /sys/kernel/debug/usb/devices',
} as const;

/** The lives of the modem in a text. A list without ids has it at its place, one without places by its id. */
function spansOf(text: string): Span[] {
	const timeline = new Timeline();
	for (const event of readText(text, 'a paste')?.recording.events ?? []) timeline.add(event);
	return timeline
		.ports(1e12)
		.flatMap(({ path, spans }) =>
			spans.filter(({ device }) => path === portPath || device.vid === '1199'),
		);
}

/** Plugs a modem in that loops, and unplugs it after some lives; returns how long each was, seconds. */
async function loop(): Promise<number[]> {
	const since = Date.now() / 1000;
	const modem = await meet('boot-loop', { present: [3, 6], absent: [4, 5] }, 1);
	const told = () =>
		kernelLog()
			.filter(({ at, text }) => at > since && text.startsWith(`usb ${portPath}: `))
			.filter(({ text }) => /New USB device found|USB disconnect/.test(text));
	await until(() => told().length >= 2 * lives, 'two lives', 120);
	await modem.stop();
	const times = told().map(({ at }) => at);
	return Array.from({ length: lives }, (_, life) => times[2 * life + 1]! - times[2 * life]!);
}

test('each form of the log of a loop is read as the lives that it had', async () => {
	const journal = program('/lib/systemd/systemd-journald');
	const isRead = () => spawnSync('journalctl', ['-k', '-n', '1']).stdout.includes('kernel:');
	await until(isRead, `journald reads: ${journal.said.join()}`);
	const kernel = await loop();
	for (const [name, [command, off]] of Object.entries(logs)) {
		const spans = spansOf(await shell(command)).slice(-lives);
		const seen = spans.map(({ mode, device }) => `${mode} ${device.vid}:${device.pid}`);
		expect.soft(seen, name).toEqual(Array(lives).fill('application 1199:68c0'));
		const timed = spans.filter(({ untimed }) => !untimed).length;
		if (off === undefined) {
			expect.soft(timed, name).toBe(0);
			continue;
		}
		expect.soft(timed, name).toBeGreaterThanOrEqual(relative.includes(name) ? lives - 1 : lives);
		for (const [life, { untimed, from, to = Number.NaN }] of spans.entries()) {
			if (untimed) continue;
			expect.soft(Math.abs(to - from - kernel[life]!), name).toBeLessThanOrEqual(off);
		}
	}
}, 600_000);

test('each list of what is plugged in is read as the modem that it is', async () => {
	await meet('healthy', {}, 1);
	await until(() => existsSync('/dev/cdc-wdm0'), 'cdc-wdm0 is there');
	await output('udevadm', 'settle', '--timeout=20');
	for (const [name, command] of Object.entries(lists)) {
		const text = await shell(command);
		const { mode, device } = spansOf(text).at(-1) ?? {};
		// Its id is that of the loader too.
		expect.soft(mode, `${name}:\n${text}`).toBe(name === 'lsusb' ? 'unknown' : 'application');
		if (name !== 'lsusb -t') expect.soft(device, name).toMatchObject({ vid: '1199', pid: '68c0' });
		if (name === 'lsusb') continue;
		const drivers = device?.interfaces.map(({ number, driver }) => `${number} ${driver}`);
		const known = name === 'lsusb -v' ? [] : ['qcserial', 'qcserial', 'qcserial', 'qmi_wwan'];
		expect.soft(drivers, name).toEqual([0, 2, 3, 8].map((number, at) => `${number} ${known[at]}`));
	}
}, 200_000);
