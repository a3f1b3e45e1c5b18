/** The errors of the kernel's own log as they come: of the wire and the supply, which sysfs does not show. */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';

/** What the kernel says when the wire or the supply is bad. Linux drivers/usb/core/hub.c. */
export const kernelError =
	/\berror -\d+|over-?current|under-?voltage|brown-?out|not accepting address|device descriptor read|unable to enumerate|disabled by hub|\burb (?:failed|status)/i;

/** Seconds of the wall between two looks. */
const every = 0.5;
/** Records of one look: old ones are passed over, and the keys must not wait for them. */
const most = 4000;
/** The longest record: Linux kernel/printk/printk.c, CONSOLE_EXT_LOG_MAX. */
const longest = 8192;

/** Follows /dev/kmsg until the returned function is called; undefined where it may not be read. */
export function followKernelLog(host: Host, emit: Emit): (() => void) | undefined {
	let file: number;
	try {
		file = openSync(join(host.dev, 'kmsg'), constants.O_RDONLY | constants.O_NONBLOCK);
	} catch {
		return undefined;
	}
	const buffer = Buffer.alloc(longest);
	let isNew = false;
	const look = () => {
		for (let count = 0; count < most; count++) {
			const text = readRecord(file, buffer);
			if (text === undefined) {
				if (!isNew)
					emit('log', { type: 'note', text: 'The kernel’s errors are noted from here on.' });
				isNew = true;
				return;
			}
			if (isNew) for (const error of errorsIn(text)) emit('log', { type: 'note', text: error });
		}
	};
	const stop = host.clock.every(every * host.clock.speed, () => {
		try {
			look();
		} catch {
			end();
		}
	});
	const end = () => {
		stop();
		closeSync(file);
	};
	return end;
}

/** A read gives one record; undefined when there is none. */
function readRecord(file: number, buffer: Buffer): string | undefined {
	try {
		const length = readSync(file, buffer);
		return length === 0 ? undefined : buffer.toString('utf8', 0, length);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EAGAIN') return undefined;
		// The kernel has overwritten the next record: the one after it comes.
		if (code === 'EPIPE') return '';
		throw error;
	}
}

/** `6,339,5140900,-;usb 3-1: …`; lines that begin with a blank say of which device it is. */
const errorsIn = (text: string): string[] =>
	text
		.split('\n')
		.filter((line) => !line.startsWith(' '))
		.map((line) => line.replace(/^\d+,\d+,\d+,[^;]*;/, ''))
		.filter((line) => kernelError.test(line));
