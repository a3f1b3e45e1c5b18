/** Files of sysfs: each is one value, and may be gone when it is read. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sanitize } from '../../protocol/text/sanitize.ts';

/** Where the kernel lists USB devices; a machine without USB does not have it. */
export const devicesFolder = (sysfs: string) => join(sysfs, 'bus/usb/devices');

/** None where there is no such folder. */
export function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** The last name of what a link points to. */
export function linkedName(link: string): string | undefined {
	try {
		return sanitize(basename(readlinkSync(link)));
	} catch {
		return undefined;
	}
}

const shown = (value: string) => sanitize(value.trim());

export function attribute(at: string, name: string): string | undefined {
	try {
		return shown(readFileSync(join(at, name), 'utf8'));
	} catch {
		return undefined;
	}
}

/** A binary attribute; empty when it is not there. */
export function bytesOf(at: string, name: string): Uint8Array {
	try {
		return readFileSync(join(at, name));
	} catch {
		return new Uint8Array();
	}
}

/** For those that wait in the kernel for the device's lock. */
export const slowAttribute = (at: string, name: string): Promise<string | undefined> =>
	readFile(join(at, name), 'utf8').then(shown, () => undefined);

type Loose<T> = { [K in keyof T]-?: T[K] | undefined };

/** The same object without what is undefined. */
export const known = <T extends object>(all: Loose<T>): T =>
	Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
