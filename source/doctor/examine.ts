import type { UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { flashLock, holder, modemManager, permission } from './access.ts';
import type { Check, Result } from './check.ts';
import { authorization, autosuspend, driver, nodes, superSpeed } from './on-the-bus.ts';

/** In the order in which they are to be mended. */
const checks: readonly Check[] = [
	authorization,
	driver,
	nodes,
	permission,
	modemManager,
	holder,
	flashLock,
	autosuspend,
	superSpeed,
];

/** Everything that could stand between this machine and the modem. */
export const examine = (host: Host, device: UsbDevice): Promise<Result[]> =>
	Promise.all(checks.map((check) => check(host, device)));
