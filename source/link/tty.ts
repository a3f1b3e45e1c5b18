import { SerialPort } from 'serialport';

/** A serial port that lets go of its node when it is destroyed; serialport 13 keeps it open and locked. */
class Tty extends SerialPort {
	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		if (this.isOpen) this.close(() => done(error));
		else done(error);
	}
}

/** Opens a tty, raw and exclusive. */
export async function openTty(path: string) {
	// The speed means nothing on USB. It is one that termios has no name for, because with those that
	// it has serialport 13 flushes what has come since the opening (setBaudRate in its
	// serialport_unix.cpp): a Sierra loader's HELLO, which is said once.
	const port = new Tty({
		path,
		baudRate: 115_201,
		autoOpen: false,
		hupcl: false,
		lock: true,
	});
	await new Promise<void>((resolve, reject) => {
		port.open((error) => (error ? reject(error) : resolve()));
	});
	return port;
}
