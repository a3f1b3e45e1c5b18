import { expect, test } from 'vitest';
import {
	answered,
	came,
	changed,
	diagnose,
	flashEnded,
	flashStarted,
	note,
	rulesOf,
	type Script,
	sent,
	went,
} from './events.ts';

/** Lives of 2.4 s every 14.2 s. */
const loop = (cycles: number, from = 0): Script =>
	Array.from({ length: cycles }, (_, index) => {
		const t = from + index * 14.2;
		return [[t, came()] as const, [t + 2.4, went] as const];
	}).flat();

test('boot-loop: named with its figures at the second reset', () => {
	const found = diagnose(loop(2));
	expect(found).toMatchObject([{ rule: 'boot-loop', title: 'Boot loop: up 2.4 s, down 11.8 s' }]);
	expect(rulesOf(loop(1))).toEqual([]);
});

test('boot-loop: said at the second reset and at its end, not at each', () => {
	const cycles = loop(40);
	const end = cycles.at(-1)![0];
	const found = diagnose([...cycles, [end + 11.8, came()], [end + 30], [end + 31], [end + 90]]);
	expect(found.map(({ title }) => title)).toEqual([
		'Boot loop: up 2.4 s, down 11.8 s',
		'The boot loop stopped after 40 resets: the application stays up',
	]);
});

test('boot-loop: a second loop is said again', () => {
	const second = loop(2, 1000);
	expect(rulesOf([...loop(2), [500], ...second])).toEqual(['boot-loop', 'boot-loop']);
});

test('boot-loop: not for long lives, for what is no modem, or for a loader', () => {
	expect(
		rulesOf([
			[0, came()],
			[60, went],
			[70, came()],
			[140, went],
			[150, came()],
		]),
	).toEqual([]);
	const stick = came({ vid: '125f', pid: 'dd35', driver: 'usb-storage' });
	expect(
		rulesOf([
			[0, stick],
			[2, went],
			[5, stick],
			[7, went],
		]),
	).toEqual([]);
	const loader = came({ count: 1 });
	expect(
		rulesOf([
			[0, loader],
			[2, went],
			[5, loader],
			[7, went],
		]),
	).toEqual(['loader-goes']);
	// FASTENUMEN is off, and a flash that was quick ends in a reset.
	expect(
		rulesOf([
			[0, loader],
			[3, went],
			[4, loader],
			[5, flashStarted],
			[11, went],
		]),
	).toEqual([]);
});

test('boot-loop: not when AT reset it, nor while a flash is running', () => {
	expect(
		rulesOf([
			[0, came()],
			[5, answered('AT!RESET')],
			[6, went],
			[20, came()],
			[24, answered('AT!RESET')],
			[25, went],
		]),
	).toEqual([]);
	expect(rulesOf([[0, flashStarted], ...loop(5, 1), [80, flashEnded(0)]])).toEqual(['flash-done']);
});

test('boot-loop: a BOOTHOLD that got no answer does not hide it', () => {
	const asked = loop(3).flatMap((moment): Script => {
		const [t, fact] = moment;
		return fact === went ? [moment] : [moment, [t + 1, sent('AT!BOOTHOLD')]];
	});
	expect(rulesOf(asked)).toEqual(['boot-loop']);
});

test('boot-loop: nothing is said of its end when the loader holds, or the modem is gone', () => {
	const cycles = loop(5, 1);
	const end = cycles.at(-1)![0];
	const titles = [
		diagnose([...cycles, [end + 3, came({ count: 1 })], [end + 60]]),
		diagnose([...cycles, [end + 200]]),
	].map((found) => found.map(({ title }) => title).filter((title) => title.includes('stopped')));
	expect(titles).toEqual([[], []]);
});

test('boot-loop: a command that resets nothing does not hide it', () => {
	expect(
		rulesOf([
			[0, came()],
			[1, sent('ATI')],
			[2, went],
			[14, came()],
			[15, sent('ATI')],
			[16, went],
		]),
	).toEqual(['boot-loop']);
});

test('loader-held: one interface that stays', () => {
	expect(diagnose([[0, came({ count: 1 })], [9], [11], [12]])).toMatchObject([
		{ rule: 'loader-held', certainty: 'likely' },
	]);
});

test('loader-held: after BOOTHOLD it is certain, and at once', () => {
	expect(
		diagnose([[0, came()], [20, sent('AT!BOOTHOLD')], [21, went], [25, came({ count: 1 })], [26]]),
	).toMatchObject([{ rule: 'loader-held', certainty: 'proven' }]);
});

test('loader-held: not when it goes again, becomes the application, or is being flashed', () => {
	expect(rulesOf([[0, came({ count: 1 })], [5, went], [20]])).toEqual([]);
	expect(rulesOf([[0, came({ count: 1 })], [1, changed({ count: 4 })], [20]])).toEqual([]);
	expect(rulesOf([[0, flashStarted], [1, came({ count: 1 })], [20]])).toEqual([]);
	expect(rulesOf([[0, came()], [20]])).toEqual([]);
});

test('no-driver: vendor interfaces that nothing is bound to after 3 s', () => {
	const unknown = { pid: '90d2', driver: undefined };
	const found = diagnose([[0, came(unknown)], [1], [4], [5]]);
	expect(found).toMatchObject([{ rule: 'no-driver' }]);
	expect(found[0]!.next.join(' ')).toContain('echo 1199 90d2');
});

test('no-driver: not when drivers bind late, or the modem has gone', () => {
	const bare = came({ driver: undefined });
	expect(rulesOf([[0, bare], [1, changed()], [5]])).toEqual([]);
	expect(rulesOf([[0, bare], [2, went], [5]])).toEqual([]);
});

test('no-driver: not when a driver was there and was taken away, as a flash over USB does', () => {
	const bare = { count: 1, driver: undefined };
	expect(rulesOf([[0, came({ count: 1 })], [1, changed(bare)], [9]])).not.toContain('no-driver');
	const next = [[10, went], [11, came(bare)], [20]] as const;
	expect(rulesOf([[0, came({ count: 1 })], ...next])).toContain('no-driver');
});

test('edl and memory-dump: by their ids', () => {
	const qualcomm = (pid: string) => came({ vid: '05c6', pid, count: 1 });
	expect(rulesOf([[0, qualcomm('9008')]])).toEqual(['edl']);
	expect(rulesOf([[0, qualcomm('900e')]])).toEqual(['memory-dump']);
	expect(rulesOf([[0, came()]])).toEqual([]);
});

test('no-driver: not a second time in one life, and not when new_id has bound it', () => {
	const unknown = { pid: '90ff', driver: undefined };
	expect(rulesOf([[0, came(unknown)], [4], [5, changed(unknown)], [9]])).toEqual(['no-driver']);
	expect(rulesOf([[0, came(unknown)], [2, changed({ pid: '90ff' })], [9]])).toEqual([]);
	const found = diagnose([[0, came(unknown)], [4]]);
	expect(found[0]).toMatchObject({ path: '3-1' });
	expect(found[0]!.next[1]).toContain(
		'echo 1199 90ff | sudo tee /sys/bus/usb-serial/drivers/option1/new_id',
	);
});

test('missing-node: the kernel has a port and /dev has not, after 3 s', () => {
	const bare = { missing: ['ttyUSB0'] };
	expect(diagnose([[0, came(bare)], [1], [4]])).toMatchObject([
		{ rule: 'missing-node', title: 'No node: the kernel has ttyUSB0, and /dev has not' },
	]);
	expect(rulesOf([[0, came(bare)], [1, changed()], [5]])).toEqual([]);
});

test('mbim-only: a composition without a tty', () => {
	const [mbim] = [came({ count: 2, driver: 'cdc_mbim' })];
	if (mbim?.type !== 'usb-came') throw new Error('no device');
	const interfaces = mbim.device.interfaces.map((iface) => ({ ...iface, nodes: ['cdc-wdm0'] }));
	const only = { ...mbim, device: { ...mbim.device, interfaces } };
	expect(rulesOf([[0, only], [4]])).toEqual(['mbim-only']);
	expect(rulesOf([[0, mbim], [4]])).toEqual([]);
	expect(rulesOf([[0, came()], [4]])).toEqual([]);
});

test('autosuspend: power/control is auto, with the line that mends it', () => {
	const [found] = diagnose([[0, came({ power: 'auto' })], [4]]);
	expect(found).toMatchObject({ rule: 'autosuspend', certainty: 'possible' });
	expect(found!.next[0]).toContain('echo on | sudo tee /sys/bus/usb/devices/3-1/power/control');
	expect(rulesOf([[0, came({ power: 'on' })], [4]])).toEqual([]);
});

test('loader-held: after a loop of resets it is Smart Error Detection, and the supply is named', () => {
	const cycles = loop(6);
	const end = cycles.at(-1)![0];
	const found = diagnose([...cycles, [end + 11.8, came({ count: 1 })], [end + 30]]);
	expect(found.map(({ title }) => title)).toEqual([
		'Boot loop: up 2.4 s, down 11.8 s',
		'The boot loader holds after 6 resets in a row',
	]);
	expect(found[1]!.next.at(-1)).toContain('power supply');
});

test('sparse-interfaces and no-storage-mode: lines of an imported log that are no cause', () => {
	const line = note('usb 1-1: config 1 has an invalid interface number: 8 but max is 3');
	expect(
		rulesOf([
			[0, line],
			[1, line],
		]),
	).toEqual(['sparse-interfaces']);
	expect(rulesOf([[0, note('usb_modeswitch: switch device 1199:9090 on 001/005')]])).toEqual([
		'no-storage-mode',
	]);
	expect(rulesOf([[0, note('usb_modeswitch: switch device 12d1:1446 on 001/005')]])).toEqual([]);
});

/** An EM75 that AT!USBCOMP=1,1,… moved: two interfaces of MBIM, AT on the third, which nothing binds. */
const movedEm75 = (): Script[number] => {
	const iface = { class: 'ff/ff/ff', endpoints: 3, nodes: [] };
	const interfaces = [
		{ ...iface, number: 0, class: '02/0e/00', driver: 'cdc_mbim', nodes: ['cdc-wdm0'] },
		{ ...iface, number: 1, class: '0a/00/02', driver: 'cdc_mbim' },
		{ ...iface, number: 2 },
		{ ...iface, number: 3 },
	];
	const device = { path: '3-1', vid: '1199', pid: '90b1', number: 3, interfaces };
	return [0, { type: 'usb-came', device }];
};

test('at-unbound: the way back from another type is new_id and the generic type', () => {
	const [found, ...more] = diagnose([movedEm75(), [4]]);
	expect(more).toEqual([]);
	expect(found).toMatchObject({
		rule: 'at-unbound',
		title: 'No AT port: interface 2 of 1199:90b1 has no driver',
	});
	expect(found?.next).toEqual([
		expect.stringContaining('echo 1199 90b1 | sudo tee /sys/bus/usb-serial/drivers/option1/new_id'),
		expect.stringContaining('AT!USBCOMP=1,3,100D'),
	]);
});

test('the ways into the loader are those of the modem that loops', () => {
	const steps = (device: Parameters<typeof came>[0], product: string) =>
		diagnose(
			[0, 14.2].flatMap((t) => {
				const event = came(device);
				if (event.type !== 'usb-came') throw new Error('no device');
				return [
					[t, { ...event, device: { ...event.device, product } }] as const,
					[t + 2.4, went] as const,
				];
			}),
		)[0]?.next?.join('\n');
	expect(steps({}, 'Sierra Wireless RC7620')).toContain('Power cycle it with TP1 low');
	const em75 = steps({ pid: '9091' }, 'Sierra Wireless EM7565');
	expect(em75).toContain('DPR (pin 25 of an M.2 card) floating');
	expect(em75).not.toContain('TP1');
});
