/** Wall milliseconds after which an open that has not returned is tried beside, each time. */
const tryAfter = [20, 40] as const;
/** Node runs four of such calls at once; one is left for whoever else needs a thread. */
const mostWaiting = 3;

let waiting = 0;

/**
 * Opens again while the first open waits; the first that succeeds wins, a later one is closed.
 *
 * The kernel shows the node of a tty before it has registered its device number. Who opens it in
 * between waits for modprobe, some hundred milliseconds, and then gets the port: base_probe in
 * fs/char_dev.c, tty_register_device_attr in drivers/tty/tty_io.c. A second open returns at once.
 * Rejects as the last of those that failed.
 */
export function hedgedOpen<T>(open: () => Promise<T>, close: (port: T) => void): Promise<T> {
	return new Promise((resolve, reject) => {
		const delays = [...tryAfter];
		let own = 0;
		let isOpen = false;
		let timer: NodeJS.Timeout | undefined;
		const settled = () => {
			own -= 1;
			waiting -= 1;
		};
		const tryOnce = () => {
			own += 1;
			waiting += 1;
			open().then(
				(port) => {
					settled();
					clearTimeout(timer);
					if (isOpen) close(port);
					else resolve(port);
					isOpen = true;
				},
				(error: unknown) => {
					settled();
					if (own > 0) return;
					clearTimeout(timer);
					reject(error);
				},
			);
		};
		const hedge = () => {
			const delay = delays.shift();
			if (delay === undefined) return;
			timer = setTimeout(() => {
				if (waiting < mostWaiting) tryOnce();
				hedge();
			}, delay);
		};
		tryOnce();
		hedge();
	});
}
