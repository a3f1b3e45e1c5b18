/** Contents for images of the rehearsal: they begin as real ones do, and are the same every time. */
import { createCipheriv } from 'node:crypto';
import type { Filler } from './build-image.ts';
import { rehearsalSettings } from './settings.ts';

/** What the contents of a type begin with (LK sierra_bl.c); the rest of the noise is the same every time. */
const beginnings: Readonly<Record<string, string>> = {
	SBL1: '\x7fELF',
	DSP1: '\x7fELF',
	DSP2: '\x7fELF',
	TZON: '\x7fELF',
	APBL: '\x7fELF',
	APPS: 'ANDROID!',
	SYST: 'hsqs',
	USER: 'UBI#',
};

/** AES in counter mode, as the fastest noise that is the same on every machine. */
export function noise(type: string, length: number, seed: number): Filler {
	const cipher = (into: Buffer) =>
		createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(into);
	const fill = (into: Buffer) => {
		if (type === 'NVUP') {
			into.set(rehearsalSettings(length, (bytes) => cipher(Buffer.alloc(bytes))));
			return;
		}
		into.set(cipher(into));
		into.write(beginnings[type] ?? '', 'latin1');
	};
	return { length, fill };
}
