import { waysIn } from '../../modems/ways-in.ts';
import { isModem } from '../../usb/device/modes.ts';
import type { Loop } from '../../usb/timeline/loop.ts';
import type { PortTimeline } from '../../usb/timeline/timeline.ts';
import { BoundedMap } from '../bounded-map.ts';
import { productOfPort } from '../product-at.ts';
import type { FindingText, Rule } from '../rule.ts';

/** R16. Said at the second reset, and at the end of a loop that went on after that. */
export function bootLoop(): Rule {
	/** The loops that have been told, by path, as they looked last. */
	const told = new BoundedMap<string, Loop>();
	return ({ t, event, timeline }) => {
		// Time alone ends a loop; only a going begins one.
		if (event?.type !== 'usb-went' && told.size === 0) return undefined;
		for (const port of timeline.ports(t).filter(isModems)) {
			const words = speak(port, told);
			if (words) return { ...words, path: port.path };
		}
		return undefined;
	};
}

const isModems = ({ spans }: PortTimeline) => spans.slice(-1).some(({ device }) => isModem(device));

function speak(port: PortTimeline, told: Map<string, Loop>): FindingText | undefined {
	const { path, spans, loop } = port;
	const before = told.get(path);
	if (loop) {
		told.set(path, loop);
		return before ? undefined : inLoop(loop, waysIn(productOfPort(port)));
	}
	told.delete(path);
	// A loader that holds, or a modem that is gone, is another rule's to explain.
	const last = spans.at(-1);
	const staysUp = last?.to === undefined && last?.mode === 'application';
	return before && staysUp ? endOf(before) : undefined;
}

const figures = ({ up, down }: Loop) => `up ${up.toFixed(1)} s, down ${down.toFixed(1)} s`;
const reference = 'RC7620 field case 2023-06-01; Sierra forum 28067, 29872, 30723; rule R16';

const inLoop = (loop: Loop, ways: readonly string[]): FindingText => ({
	title: `Boot loop: ${figures(loop)}`,
	means: `The modem starts its application, resets ${loop.up.toFixed(1)} s later, and again every ${loop.period.toFixed(1)} s. An update that was cut short is the usual cause; a weak supply is the other.`,
	certainty: 'likely',
	next: [
		...ways,
		'When it holds with one interface, flash it: modemscope flash FILE.',
		'If it loops again after a good flash, look at its power supply.',
	],
	reference,
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
