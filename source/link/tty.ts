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
	// The speed means nothing on USB, but the driver wants one.
	const port = new Tty({
		path,
		baudRate: 115_200,
		autoOpen: false,
		hupcl: false,
		lock: true,
	});
	await new Promise<void>((resolve, reject) => {
		port.open((error) => (error ? reject(error) : resolve()));
	});
	return port;
}
