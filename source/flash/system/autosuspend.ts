import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { devicesFolder } from '../../usb/scan/sysfs-files.ts';

/** `auto` lets the kernel suspend the device when it is idle (sysfs-bus-usb, power/control). */
export const controlOf = ({ sysfs }: Pick<Host, 'sysfs'>, path: string): string =>
	join(devicesFolder(sysfs), path, 'power/control');

export const readControl = (host: Pick<Host, 'sysfs'>, path: string): Promise<string> =>
	readFile(controlOf(host, path), 'utf8').then(
		(text) => text.trim(),
		() => '',
	);

/** Keeps devices from being suspended, and gives back what it changed. */
export class Autosuspend {
	readonly #host: Pick<Host, 'sysfs'>;
	/** The device number of each path that was changed: after an enumeration the setting is gone. */
	readonly #changed = new Map<string, number | undefined>();

	constructor(host: Pick<Host, 'sysfs'>) {
		this.#host = host;
	}

	/** To be called with each device that comes; resolves with whether it was changed. */
	async hold({ path, number }: UsbDevice): Promise<boolean> {
		if ((await readControl(this.#host, path)) !== 'auto') return false;
		const done = await this.#write(path, 'on');
		if (done) this.#changed.set(path, number);
		return done;
	}

	/** `devices` are those that are plugged in now. */
	async release(devices: ReadonlyMap<string, UsbDevice>): Promise<void> {
		for (const [path, number] of this.#changed) {
			if (devices.get(path)?.number === number) await this.#write(path, 'auto');
		}
	}

	#write(path: string, value: string): Promise<boolean> {
		return writeFile(controlOf(this.#host, path), value).then(
			() => true,
			() => false,
		);
	}
}
