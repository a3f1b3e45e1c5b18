/** How a flash that was left unfinished is gone on with. */
import type { UsbDevice } from '../../events.ts';
import { modeOf } from '../../usb/device/modes.ts';
import type { Job } from './record.ts';
import type { Aftermath, Rest, Way } from './recovery.ts';

export type LeftToDo = Pick<Job, 'programmer' | 'protocol' | 'over'> & {
	readonly paths: readonly string[];
	readonly way: Way;
	readonly rest: Rest | undefined;
};

/** As it was begun, in the way that fits what the modem does now. */
export function leftToDo(left: Aftermath, device: UsbDevice | undefined): LeftToDo {
	const { file, others = [], programmer, protocol, over } = left.job;
	const way = wayNow(left, device);
	const rest = way === 'rest' ? left.rest : undefined;
	return { paths: [file, ...others], way, rest, programmer, protocol, over };
}

/**
 * The way that fits what the modem does now: one that starts again by itself needs no reset, and a
 * loader that came anew knows nothing of the session before.
 */
export function wayNow(
	{ way, rest }: Pick<Aftermath, 'way' | 'rest'>,
	device: UsbDevice | undefined,
): Way {
	if (way === 'rest') return device && device.number === rest?.loader ? way : 'flash';
	if (way === 'flash' || device === undefined) return way;
	const runs = modeOf(device) === 'application';
	if (runs) return 'verify';
	// It was reset and came back to its loader: what was written does not start.
	return way === 'verify' ? 'flash' : way;
}
