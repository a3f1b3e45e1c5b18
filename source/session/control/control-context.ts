import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import type { ReadModels } from '../read-models.ts';

/** The modem that a session looks at. */
export type WatchedModem = {
	/** Where it is plugged in. */
	readonly path: string | undefined;
	readonly model: string | undefined;
	/** The model by its name, where it or its port has told it. */
	readonly namedModel: string | undefined;
	/** As it is now; undefined while it is away. */
	readonly device: UsbDevice | undefined;
	/** As it is now, or was last. */
	readonly lastSeen: UsbDevice | undefined;
};

/** What each controller of a live session works with. */
export type ControlContext = {
	readonly host: Host;
	readonly modem: WatchedModem;
	readonly models: ReadModels;
	/** Adds a fact to the session. */
	readonly emit: Emit;
	/** To be called when something changed that is no event. */
	readonly changed: () => void;
};
