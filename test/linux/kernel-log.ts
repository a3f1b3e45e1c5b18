import { closeSync, constants, openSync, readSync } from 'node:fs';

/** A line of the kernel's log; `at` is when it was said, seconds of the wall clock. */
export type KernelLine = { at: number; text: string };

/** Everything that is in the kernel's log now (Documentation/ABI/testing/dev-kmsg). */
export function kernelLog(): KernelLine[] {
	const fd = openSync('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);
	const booted = Date.now() / 1000 - Number(process.hrtime.bigint()) / 1e9;
	const lines: KernelLine[] = [];
	const buffer = Buffer.alloc(8192);
	try {
		for (;;) {
			const record = buffer.toString('utf8', 0, readSync(fd, buffer));
			const [, microseconds, text] = /^\d+,\d+,(\d+),[^;]*;(.*)/.exec(record) ?? [];
			lines.push({ at: booted + Number(microseconds) / 1e6, text: text ?? '' });
		}
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
		return lines;
	} finally {
		closeSync(fd);
	}
}
