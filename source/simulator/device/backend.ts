import type { Duplex } from 'node:stream';
import type { UsbDevice } from '../../events.ts';

/**
 * Takes the modem's end of a pipe on every opening of a port; its 'close' is the port's. It is a
 * stream and not a `Link`, for a `Link` reads ahead, and a modem that writes flash does not.
 */
export type PortHandler = (opening: Duplex) => void;
/** The ports that answer, by the number of their interface: it has no node without a driver. */
export type Ports = ReadonlyMap<number, PortHandler>;

/** How a virtual modem shows itself to a host. */
export type Backend = {
	plug(device: UsbDevice, ports: Ports): Promise<void>;
	/** Ends every opening, as a pulled cable does. */
	unplug(): Promise<void>;
};
