import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../source/doctor/check.ts';
import { examine } from '../../source/doctor/examine.ts';
import type { UsbDevice } from '../../source/events.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { folderHost } from '../usb/folder.ts';

/** A machine with this modem, its nodes in /dev, and no process. */
export function machineWith(device: UsbDevice) {
	const { host, add, write } = folderHost();
	add(device);
	mkdirSync(host.dev);
	mkdirSync(host.proc);
	const node = (name: string) => join(host.dev, name);
	for (const { nodes } of device.interfaces)
		for (const name of nodes) writeFileSync(node(name), '');
	return {
		host,
		node,
		write,
		run: (pid: number, comm: string, command: string, opened?: string) => {
			const at = join(host.proc, String(pid));
			mkdirSync(join(at, 'fd'), { recursive: true });
			writeFileSync(join(at, 'comm'), `${comm}\n`);
			writeFileSync(join(at, 'cmdline'), `${command.replaceAll(' ', '\0')}\0`);
			if (opened) symlinkSync(opened, join(at, 'fd/3'));
		},
		examine: async () => examine(host, (await listDevices(host.sysfs, host.dev)).get(device.path)!),
	};
}

export const named = (results: readonly Result[], check: string) =>
	results.find((result) => result.check === check)!;
export const obstacles = (results: readonly Result[]) =>
	results.filter(({ state }) => state === 'in the way').map(({ check }) => check);
