import { leaveAlone } from '../../flash/job/leave.ts';
import { proven } from '../../flash/run/leave.ts';
import { PortWatch } from '../../usb/scan/port-watch.ts';
import type { ControlContext } from './control-context.ts';

/** Seconds after which nobody waits any more: the loader's own waits are shorter. */
const patience = 180;

/** Resets the loader that holds at the port that is looked at, and says how. Writes nothing. */
export async function leaveHeldLoader({ host, modem, emit }: ControlContext): Promise<void> {
	const { path, lastSeen, namedModel } = modem;
	if (path === undefined || !lastSeen) return;
	// The session has its own watch, which tells what comes and goes.
	const usb = await PortWatch.start(host, path, () => {});
	const stop = new AbortController();
	const stopWaiting = host.clock.every(patience, () => stop.abort());
	try {
		const context = { clock: host.clock, emit, stop: stop.signal };
		const { by } = await leaveAlone(host, usb, lastSeen, namedModel, context);
		emit('flash', { type: 'note', text: `Left the loader by ${by}. ${proven[by]}` });
	} finally {
		stopWaiting();
		usb.stop();
	}
}
