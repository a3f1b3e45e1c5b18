/** What a person pastes, made by the real tools of one simulated loop: each form is read as the same timeline. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readText } from '../../source/recording/import/read-text.ts';
import { type Span, Timeline } from '../../source/usb/timeline/timeline.ts';
import { kernelLog } from './kernel-log.ts';
import { meet, portPath, until } from './modem.ts';
import { output, program } from './run.ts';

const lives = 2;
const shell = (command: string) => output('sh', '-c', command);

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
			['short', 1],
			['short-full', 1],
			['short-iso', 1],
			['short-iso-precise', 0.01],
			['short-precise', 0.01],
			['short-monotonic', 0.01],
			['short-delta', 0.01],
			['short-unix', 0.01],
			['with-unit', 1],
			['verbose', 0.01],
			['export', 0.01],
			['json', 0.01],
			['json-pretty', 0.01],
			['json-sse', 0.01],
			['json-seq', 0.01],
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
	'lsusb -v': 'lsusb -v 2>/dev/null',
	'usb-devices': 'usb-devices',
	'/sys/kernel/debug/usb/devices': 'cat /sys/kernel/debug/usb/devices',
} as const;

const printed = new Map<string, string>();
/** How long each life was, by the kernel, seconds. */
let kernel: number[] = [];

/** The lives of the port that have ended, of a text. */
function spansOf(text: string): Span[] {
	const timeline = new Timeline();
	for (const event of readText(text, 'a paste')?.recording.events ?? []) timeline.add(event);
	return [...(timeline.port(portPath, 1e12)?.spans ?? [])];
}

test('one loop, and then a modem that stays, are printed in every form', {
	timeout: 600_000,
}, async () => {
	program('/lib/systemd/systemd-journald');
	const since = Date.now() / 1000;
	const modem = await meet('boot-loop', { present: [3, 6], absent: [4, 5] }, 1);
	const told = () =>
		kernelLog()
			.filter(({ at, text }) => at > since && text.startsWith(`usb ${portPath}: `))
			.filter(({ text }) => /New USB device found|USB disconnect/.test(text));
	await until(() => told().length >= 2 * lives, 'two lives', 120);
	await modem.stop();
	const times = told().map(({ at }) => at);
	kernel = Array.from({ length: lives }, (_, life) => times[2 * life + 1]! - times[2 * life]!);
	await output('journalctl', '--sync');
	for (const [name, [command]] of Object.entries(logs)) printed.set(name, await shell(command));
	await meet('healthy', {}, 1);
	await until(() => existsSync('/dev/cdc-wdm0'), 'cdc-wdm0 is there');
	await output('udevadm', 'settle', '--timeout=20');
	for (const [name, command] of Object.entries(lists)) printed.set(name, await shell(command));
});

describe('a log of a loop', () => {
	test.for(Object.entries(logs))('%s', ([name, [, off]]) => {
		const spans = spansOf(printed.get(name)!).slice(-lives);
		expect(spans.map(({ mode }) => mode)).toEqual(Array(lives).fill('application'));
		expect(spans.map(({ device }) => `${device.vid}:${device.pid}`)).toEqual(
			Array(lives).fill('1199:68c0'),
		);
		if (off === undefined) {
			expect(spans.every(({ untimed }) => untimed)).toBe(true);
			return;
		}
		for (const [life, { from, to }] of spans.entries()) {
			expect(Math.abs(to! - from - kernel[life]!)).toBeLessThanOrEqual(off);
		}
	});
});

describe('a list of what is plugged in', () => {
	test.for(Object.keys(lists))('%s', (name) => {
		const text = printed.get(name)!;
		const span = spansOf(text).at(-1) ?? expect.unreachable(`${name}:\n${text}`);
		expect(span.mode).toBe('application');
		if (name !== 'lsusb -t') {
			expect(span.device).toMatchObject({ vid: '1199', pid: '68c0' });
		}
		if (name === 'lsusb') return;
		const numbers = span.device.interfaces.map(({ number }) => number);
		expect(numbers).toEqual([0, 2, 3, 8]);
		if (name === 'lsusb -v') return;
		const drivers = span.device.interfaces.map(({ driver }) => driver);
		expect(drivers).toEqual(['qcserial', 'qcserial', 'qcserial', 'qmi_wwan']);
	});
});
