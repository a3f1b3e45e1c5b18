import type { PortTimeline } from '../usb/timeline/timeline.ts';
import type { Act, Budget } from './budget.ts';
import type { Policy } from './policy.ts';

/** Seconds that a loader must have held: one that shows itself at each start is no held one. */
const holdsAfter = 60;

/** What the policy wants done at `t` about this port, whatever was done before; undefined for nothing. */
export function wanted(
	policy: Policy,
	port: PortTimeline,
	t: number,
	isInhibited: boolean,
): Act | undefined {
	const span = port.spans.at(-1);
	const isThere = span !== undefined && span.to === undefined;
	const isHeld = isThere && span.mode === 'loader' && t - span.from >= holdsAfter;
	if (isHeld) {
		if (policy.flash) return 'flash';
		return policy.leave ? 'leave' : undefined;
	}
	if (!port.loop) return undefined;
	if (policy.inhibit && !isInhibited && isThere) return 'inhibit';
	return policy.catch ? 'catch' : undefined;
}

/** The same, when it may be done now. */
export const mayDo = (act: Act | undefined, budget: Budget, now: number): act is Act =>
	act !== undefined && budget.waits(act, now) === 0;
