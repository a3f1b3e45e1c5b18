/** Looks at the bus without a pause, on a thread of its own, until its flag is set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { sysfs, flag } = workerData as { sysfs: string; flag: Int32Array };
const devices = join(sysfs, 'bus/usb/devices');
const number = () => {
	try {
		return readFileSync(join(devices, '3-1/devnum'), 'utf8').trim();
	} catch {
		return undefined;
	}
};
const counts = new Set<number>();
const numbers = new Set<string>();
parentPort!.postMessage('looking');
while (Atomics.load(flag, 0) === 0) {
	const before = number();
	const interfaces = readdirSync(devices).filter((name) => name.startsWith('3-1:'));
	if (before === undefined || before !== number()) continue;
	counts.add(interfaces.length);
	numbers.add(before);
}
parentPort!.postMessage({ counts, numbers });
