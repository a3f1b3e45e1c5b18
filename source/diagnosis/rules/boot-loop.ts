import { lookUp } from '../../at/catalogue.ts';
import type { Event } from '../../events.ts';
import { isModem } from '../../usb/modes.ts';
import { type Loop, Timeline } from '../../usb/timeline.ts';
import { BoundedMap } from '../bounded-map.ts';
import { PortLives } from '../port-lives.ts';
import type { Rule, Words } from '../rule.ts';

type Life = {
	timeline: Timeline;
	/** Somebody asked the modem to reset: the next going is no symptom. */
	asked: boolean;
	/** The loop that has been told, as it looked last. */
	loop: Loop | undefined;
};
const begin = (): Life => ({
	timeline: new Timeline(),
	asked: false,
	loop: undefined,
});

/** R16. Said at the second reset, and at the end of a loop that went on after that. */
export function bootLoop(): Rule {
	const lives = new BoundedMap<string, Life>();
	const ports = new PortLives(() => undefined);
	let flashing = false;

	const follow = (event: Event) => {
		ports.add(event);
		if (event.type === 'flash-started') flashing = true;
		if (event.type === 'flash-ended') flashing = false;
		const reset = resetBy(event);
		if (reset) {
			const path = reset.path ?? ports.pathOf(reset.port);
			for (const [at, life] of lives) if (path === undefined || path === at) life.asked = true;
		}
		if (event.type === 'usb-came' && isModem(event.device)) {
			const { path } = event.device;
			const life = lives.get(path) ?? begin();
			lives.set(path, life);
			life.timeline.add(event);
		}
		if (event.type === 'usb-changed') lives.get(event.device.path)?.timeline.add(event);
		if (event.type === 'usb-went') went(event);
	};
	const went = (event: Extract<Event, { type: 'usb-went' }>) => {
		const life = lives.get(event.path);
		if (!life) return;
		if (life.asked || flashing) life.timeline = new Timeline();
		else life.timeline.add(event);
		life.asked = false;
	};

	return ({ t, event }) => {
		if (event) follow(event);
		if (event && !event.type.startsWith('usb-') && !anyLoop(lives)) return undefined;
		const hasGone = (path: string) => event?.type === 'usb-went' && event.path === path;
		for (const [path, life] of lives) {
			const now = life.timeline.life(path, t);
			const last = now?.spans.at(-1);
			// A loader that holds, or a modem that is gone, is another rule's to explain.
			const staysUp = last?.to === undefined && last?.mode === 'application';
			const words = speak(life, now?.loop, hasGone(path), staysUp);
			if (words) return words;
		}
		return undefined;
	};
}

const anyLoop = (lives: ReadonlyMap<string, Life>) => [...lives.values()].some(({ loop }) => loop);

/** A loop begins with a going: a timeline may still show the last one when the modem comes again. */
function speak(
	life: Life,
	loop: Loop | undefined,
	hasGone: boolean,
	staysUp: boolean,
): Words | undefined {
	const { loop: told } = life;
	if (loop) {
		if (told || hasGone) life.loop = loop;
		if (told || !hasGone) return undefined;
		return inLoop(loop);
	}
	life.loop = undefined;
	return told && staysUp ? endOf(told) : undefined;
}

/** What resets a modem at somebody's wish. */
function resetBy(event: Event): { path?: string; port: string } | undefined {
	if (event.type !== 'at-sent' && event.type !== 'fired') return undefined;
	const danger = lookUp(event.command)?.danger;
	if (danger !== 'resets' && danger !== 'leaves') return undefined;
	return event.type === 'fired' ? { path: event.path, port: '' } : { port: event.port };
}

const figures = ({ up, down }: Loop) => `up ${up.toFixed(1)} s, down ${down.toFixed(1)} s`;
const reference = 'RC7620 field case 2023-06-01; Sierra forum 28067, 29872, 30723; rule R16';

const inLoop = (loop: Loop): Words => ({
	title: `Boot loop: ${figures(loop)}`,
	means: `The modem starts its application, resets ${loop.up.toFixed(1)} s later, and again. An update that was cut short is the usual cause; a weak supply is the other.`,
	certainty: 'likely',
	next: [
		'Hold it in the boot loader: arm AT!BOOTHOLD for its next window (h in the USB view), or pull TP1 low at power-on (RC76, WP76, WP77).',
		'When it holds with one interface, flash it: modemscope flash FILE.',
		'If it loops again after a good flash, look at its power supply.',
	],
	reference,
});

const endOf = (loop: Loop): Words => ({
	title: `The boot loop stopped after ${loop.cycles} resets: the application stays up`,
	means: `It looped with ${figures(loop)}. What caused it has not been mended by that.`,
	next: [
		'Read its version and its reset counter: ATI, AT!GSTATUS?.',
		'If it loops again, hold it in the boot loader and flash it.',
	],
	certainty: 'likely',
	reference,
});
