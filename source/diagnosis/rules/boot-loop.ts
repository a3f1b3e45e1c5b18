import { waysIn } from '../../modems/ways-in.ts';
import { isModem } from '../../usb/device/modes.ts';
import type { Loop } from '../../usb/timeline/loop.ts';
import type { PortTimeline } from '../../usb/timeline/timeline.ts';
import { BoundedMap } from '../evidence/bounded-map.ts';
import { productOfPort } from '../evidence/product-at.ts';
import { type FindingText, onTime, type Rule, type RuleEntry } from '../evidence/rule.ts';

/** Said at the second reset. */
export function bootLoop(): Rule {
	const told = new BoundedMap<string, true>();
	// Time alone ends a loop; only a going begins one.
	const waits = () => told.size > 0;
	return onTime(['usb-went'], waits, ({ t, timeline }) => {
		for (const port of timeline.ports(t).filter(isModems)) {
			const { path, loop } = port;
			const isTold = told.has(path);
			if (loop) told.set(path, true);
			else told.delete(path);
			if (loop && !isTold) return inLoop(loop, port);
		}
		return undefined;
	});
}

/** Each reset changes its figures. */
export const loopOfNow: NonNullable<RuleEntry['revise']> = (
	{ t, event, timeline },
	{ path = '' },
) => {
	if (event?.type !== 'usb-went' || event.path !== path) return undefined;
	const port = timeline.port(path, t);
	return port?.loop && inLoop(port.loop, port);
};

/** The end of a loop, where the application stays up. */
export function loopEnded(): Rule {
	/** The loops that go on, by path, as they looked last. */
	const loops = new BoundedMap<string, Loop>();
	const waits = () => loops.size > 0;
	return onTime(['usb-went'], waits, ({ t, timeline }) => {
		for (const { path, spans, loop } of timeline.ports(t).filter(isModems)) {
			const before = loops.get(path);
			if (loop) loops.set(path, loop);
			else loops.delete(path);
			// A loader that holds, or a modem that is gone, is another rule's to explain.
			const last = spans.at(-1);
			const staysUp = last?.to === undefined && last?.mode === 'application';
			if (before && !loop && staysUp) return { ...endOf(before), path };
		}
		return undefined;
	});
}

/** Early resets that are named as evidence. */
const named = 4;

/** The last starts, and how soon each ended. */
export function resetsOf({ spans }: PortTimeline): NonNullable<FindingText['evidence']> {
	const resets: { t: number; says: string }[] = [];
	for (let index = spans.length - 1; index >= 0 && resets.length < named; index--) {
		const { from, to, untimed, unseen, found } = spans[index]!;
		if (to === undefined || untimed || unseen) continue;
		const says = `reset ${found ? 'at least ' : ''}${(to - from).toFixed(1)} s after it came`;
		resets.unshift({ t: to, says });
	}
	return resets;
}

const isModems = ({ spans }: PortTimeline) => spans.slice(-1).some(({ device }) => isModem(device));

const figures = ({ up, down }: Loop) => `up ${up.toFixed(1)} s, down ${down.toFixed(1)} s`;
const reference = 'RC7620 field case 2023-06-01; Sierra forum 28067, 29872, 30723';

const inLoop = (loop: Loop, port: PortTimeline): FindingText => ({
	path: port.path,
	title: `Boot loop: ${figures(loop)}`,
	means: `The modem starts its application, resets ${loop.up.toFixed(1)} s later, and again every ${loop.period.toFixed(1)} s. An update that was cut short is the usual cause; a weak supply is the other.`,
	certainty: 'likely',
	next: [
		...waysIn(productOfPort(port)),
		'When it holds with one interface, flash it: modemscope flash FILE.',
		'If it loops again after a good flash, look at its power supply.',
	],
	reference,
	evidence: resetsOf(port),
});

const endOf = (loop: Loop): FindingText => ({
	title: `The boot loop stopped after ${loop.cycles} resets: the application stays up`,
	means: `It looped with ${figures(loop)}. What caused it has not been mended by that.`,
	next: [
		'Read its version and its reset counter: ATI, AT!GSTATUS?.',
		'If it loops again, hold it in the boot loader and flash it.',
	],
	certainty: 'likely',
	reference,
});
