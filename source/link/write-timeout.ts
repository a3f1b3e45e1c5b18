import type { Clock } from '../clock.ts';
import { type Link, LinkLost } from './link.ts';

/** Seconds that one write may take: libqmi allows a modem that erases as it goes 120. */
export const writeWait = 120;

/** The port is there, but nobody takes the bytes any more. */
export class WriteTimeout extends LinkLost {
	override name = 'WriteTimeout';

	constructor(port: string) {
		super(port, 'stalled');
		// The port is not gone: the sentence of LinkLost would be wrong.
		this.message = `The modem took no more bytes for ${writeWait} s`;
	}
}

/** The same link, on which no write waits for ever: it rejects with `WriteTimeout`. */
export function withWriteTimeout(link: Link, clock: Clock): Link {
	return {
		...link,
		write: async (bytes) => {
			const done = new AbortController();
			const late = clock.sleep(writeWait, done.signal).then(() => 'late' as const);
			// A reason of our own: making the usual one costs more than the write.
			const written = link.write(bytes).finally(() => done.abort('written'));
			if ((await Promise.race([written, late])) !== 'late' || done.signal.aborted) return written;
			written.catch(() => {});
			throw new WriteTimeout(link.port);
		},
	};
}
