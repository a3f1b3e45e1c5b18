import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import { createVhciBackend } from '../../source/simulator/usbip/vhci-backend.ts';
import { isFull } from './full.ts';
import { portPath, until } from './modem.ts';
import { modemscope } from './run.ts';

const cycles = isFull ? 1000 : 25;

/** File descriptors and resident memory, KiB, of a process. */
function held(pid: number) {
	const status = readFileSync(`/proc/${pid}/status`, 'latin1');
	const memory = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
	return { fds: readdirSync(`/proc/${pid}/fd`).length, memory };
}

/** Whether it listens to the folder of USB nodes: from then on it misses nothing. */
function hearsNodes(pid: number): boolean {
	const folder = `/proc/${pid}/fd`;
	return readdirSync(folder).some((fd) => {
		try {
			return readlinkSync(`${folder}/${fd}`).includes('inotify');
		} catch {
			// It was closed meanwhile.
			return false;
		}
	});
}

test(`${cycles} cycles: none is missed, and neither descriptors nor memory are lost`, async () => {
	const watch = modemscope('watch', '--json');
	await until(() => hearsNodes(watch.pid), 'the watch runs');
	const count = (wanted: string) => watch.events.filter(({ type }) => type === wanted).length;
	const backend = createVhciBackend(() => {});
	const tty = `/sys/bus/usb/devices/${portPath}/${portPath}:1.0/ttyUSB0`;
	let early: ReturnType<typeof held> | undefined;
	const began = Date.now();
	for (let cycle = 0; cycle < cycles; cycle++) {
		await backend.plug(loaderDevice(models.RC7620, cycle + 1), new Map());
		await until(() => existsSync(tty), 'the loader has its tty');
		// A busy machine sees a life as late as it may.
		if (isFull) await wait(100);
		else await until(() => count('usb-came') > cycle, 'its coming is told');
		await backend.unplug();
		await until(() => !existsSync(`/sys/bus/usb/devices/${portPath}`), 'the loader went');
		if (cycle === Math.floor(cycles / 5)) early = held(watch.pid);
	}
	console.log(`${((Date.now() - began) / cycles).toFixed(0)} ms a cycle`);
	await until(() => count('usb-went') >= cycles, 'the last going is told', 10).catch(() => {});
	const late = held(watch.pid);
	await watch.stop();
	console.log(early, late);
	expect([count('usb-came'), count('usb-went')]).toEqual([cycles, cycles]);
	// Early may hold one more: of an attribute that it reads at that moment.
	expect(late.fds).toBeLessThanOrEqual(early?.fds ?? 0);
	expect(late.memory).toBeLessThan((early?.memory ?? 0) * 1.2);
}, 1_200_000);
