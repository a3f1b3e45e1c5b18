import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Fact } from '../../source/events.ts';
import { type Host, liveHost } from '../../source/host.ts';
import { followKernelLog } from '../../source/usb/scan/kernel-log.ts';

/** A host whose clock looks when it is told to. */
function hostWith(kmsg?: string) {
	const dev = mkdtempSync(join(tmpdir(), 'dev-'));
	mkdirSync(dev, { recursive: true });
	const path = join(dev, 'kmsg');
	if (kmsg !== undefined) writeFileSync(path, kmsg);
	const tasks = new Set<() => void>();
	const clock = {
		...liveHost().clock,
		every: (_: number, task: () => void) => {
			tasks.add(task);
			return () => tasks.delete(task);
		},
	};
	const host: Host = { ...liveHost(), dev, clock };
	const look = () => {
		for (const task of tasks) task();
	};
	return { host, path, look, tasks };
}

const old = '6,338,5140000,-;usb 3-1: device descriptor read/64, error -71\n';

it('notes the errors that come, and none of before, nor what is no error', () => {
	const { host, path, look, tasks } = hostWith(old);
	const said: Fact[] = [];
	const stop = followKernelLog(host, (_, fact) => said.push(fact));
	look();
	expect(said).toEqual([{ type: 'note', text: 'The kernel’s errors are noted from here on.' }]);
	appendFileSync(
		path,
		'6,339,5140900,-;usb 3-1: new high-speed USB device number 7 using xhci_hcd\n SUBSYSTEM=usb\n DEVICE=+usb:3-1\n3,340,5141000,-;usb 3-1: device not accepting address 7, error -71\n',
	);
	look();
	look();
	expect(said.slice(1)).toEqual([
		{ type: 'note', text: 'usb 3-1: device not accepting address 7, error -71' },
	]);
	stop?.();
	expect(tasks.size).toBe(0);
});

it('says nothing where the log may not be read', () => {
	expect(followKernelLog(hostWith().host, () => {})).toBeUndefined();
});
