/** Comings and goings that make no boot loop's figures: without times, of a loader, or regular. */

import { waysIn } from '../../../modems/ways-in.ts';
import { isModem } from '../../../usb/device/modes.ts';
import type { Span } from '../../../usb/timeline/spans.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import { BoundedMap } from '../../evidence/bounded-map.ts';
import { productOfPort } from '../../evidence/product-at.ts';
import { type FindingText, on, onTime, type Rule } from '../../evidence/rule.ts';

const enough = 2;
/** A loader that goes sooner than this does not hold, seconds. */
const holds = 10;

const supply = [
	'Look at its supply first: a loader does nothing that could crash it.',
	'Feed it from a powered hub or a supply of its own, and try a USB 2 port and another cable.',
];

/** A loader that is gone again within seconds, twice in a row, and was not told to go. */
export function loaderGoes(): Rule {
	const told = new BoundedMap<string, true>();
	return on(['usb-went'], ({ t, event, timeline }) => {
		const port = timeline.port(event.path, t);
		const last = port?.spans.slice(-enough) ?? [];
		if (last.length < enough || !last.every(isShortLoader)) {
			told.delete(event.path);
			return undefined;
		}
		if (told.has(event.path)) return undefined;
		told.set(event.path, true);
		return {
			title: 'The boot loader does not hold: it comes and goes',
			means:
				'It is in its loader, and not for long: it resets there, or its power does. The application is not reached.',
			next: supply,
			path: event.path,
			certainty: 'likely',
			reference: 'Sierra forum 28067; openwrt 198043',
		};
	});
}

const isShortLoader = ({ from, to, mode, untimed, unseen, told }: Span) =>
	mode === 'loader' && !untimed && !unseen && !told && to !== undefined && to - from < holds;

const never = () => false;

/** Said when the log ends: its lines tell no times, so there are no figures. */
export const comesAndGoes = (): Rule => {
	const told = new BoundedMap<string, true>();
	return onTime([], never, ({ t, ended, timeline }) => {
		if (!ended) return undefined;
		for (const port of timeline.ports(t)) {
			if (told.has(port.path)) continue;
			const words = untimed(port) ?? onlyComings(port);
			if (!words) continue;
			told.set(port.path, true);
			return { ...words, path: port.path };
		}
		return undefined;
	});
};

/** What went with the host went for another reason. */
function ofThisBoot({ spans }: PortTimeline): readonly Span[] {
	return spans.slice(spans.findLastIndex(({ hostRestarted }) => hostRestarted) + 1);
}

function untimed(port: PortTimeline): FindingText | undefined {
	const { path } = port;
	const spans = ofThisBoot(port);
	const lives = spans.filter((span) => span.untimed && span.to !== undefined);
	if (lives.length < enough || !isModem(lives[0]!.device)) return undefined;
	// A list names what is plugged in at one time, and not that it went by itself.
	if (path.includes('?')) return undefined;
	const isLoader = lives.every(({ mode }) => mode === 'loader');
	return {
		title: `${isLoader ? `The boot loader on ${path}` : path} comes and goes ${lives.length} times; the log tells no times`,
		means: isLoader
			? 'It comes in its boot loader and does not hold there: it resets, or its power does. How often, these lines do not tell.'
			: 'It may be a boot loop, or somebody’s resets days apart: these lines do not tell.',
		next: isLoader
			? supply
			: [
					'Get the times: dmesg, or journalctl -k -o short-precise.',
					'Or watch it: modemscope watch names a loop with its figures.',
					...waysIn(productOfPort(port)).slice(0, 1),
				],
		certainty: 'possible',
		reference: 'an inference: two goings, and no times',
	};
}

/** A log that was filtered shows the comings alone, with their times. */
function onlyComings(port: PortTimeline): FindingText | undefined {
	const { path } = port;
	const spans = ofThisBoot(port);
	const comings = spans.filter(({ untimed }) => !untimed);
	const isFiltered = comings.slice(0, -1).every(({ unseen }) => unseen);
	if (comings.length <= enough || !isFiltered || !isModem(comings[0]!.device)) return undefined;
	const gaps = comings.slice(1).map(({ from }, index) => from - comings[index]!.from);
	gaps.sort((a, b) => a - b);
	const usual = gaps[gaps.length >> 1]!;
	if (usual > longestLoop) return undefined;
	return {
		title: `${path} comes again every ${usual.toFixed(1)} s, ${comings.length} times`,
		means:
			'That is a boot loop, or a loader that does not hold. The log shows its comings only: how long it stays, and what drivers took, was filtered out.',
		next: [
			'Get the whole log: dmesg, or journalctl -k -o short-precise.',
			'Or watch it: modemscope watch names a loop with its figures.',
		],
		certainty: 'likely',
		reference: 'RC7620 field case 2023-06-01; Sierra forum 28067',
	};
}
/** A modem that comes again later than this is reset by somebody, seconds. */
const longestLoop = 120;

/** Lives compared, of which all are as long. */
const compared = 3;
/** How far a life may be from the others, of its length, and seconds. */
const tolerance = 0.03;
const least = 1;

/** Resets as regular as a timer's. */
export function regularResets(): Rule {
	const told = new BoundedMap<string, true>();
	return on(['usb-went'], ({ t, event, timeline }) => {
		const { path } = event;
		const spans = timeline.port(path, t)?.spans.slice(-compared) ?? [];
		const ups = spans.flatMap(({ from, to, mode, untimed, unseen }) =>
			to === undefined || untimed || unseen || mode !== 'application' ? [] : [to - from],
		);
		const up = ups.reduce((sum, each) => sum + each, 0) / ups.length;
		const isRegular =
			ups.length === compared &&
			up > 2 * holds &&
			ups.every((each) => Math.abs(each - up) <= Math.max(least, up * tolerance));
		if (!isRegular || !isModem(spans[0]!.device)) {
			told.delete(path);
			return undefined;
		}
		if (told.has(path)) return undefined;
		told.set(path, true);
		return {
			title: `It resets every time after ${up.toFixed(0)} s: like a timer`,
			means: `${compared} lives in a row were as long. A crash is seldom so regular; a watchdog is: the modem’s own, the host’s, or a script that resets a modem without a connection.`,
			next: [
				'Look on the host for what resets it: a ping watchdog, ModemManager’s or the router’s own, a GPIO that switches its power.',
				'Stop that, and watch whether it stays: modemscope watch.',
				'Else read AT!GSTATUS?, AT!ERR and AT!GCDUMP before it goes.',
			],
			path,
			certainty: 'possible',
			reference: 'an inference from regular times; no field report',
		};
	});
}
