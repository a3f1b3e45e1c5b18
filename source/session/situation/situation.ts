/**
 * How things stand with the modem that is looked at: the one place that header, findings and hints
 * speak from, so that none of them contradicts another.
 */
import type { EventOf } from '../../events.ts';
import { exitCode } from '../../problem.ts';
import type { Span } from '../../usb/timeline/spans.ts';
import type { ModemControl, Session } from '../session.ts';
import { flashStanding } from './flash.ts';
import { loopStanding } from './loop.ts';
import { lowPowerStanding } from './low-power.ts';
import type { Situation, Standing } from './standing.ts';

/** Seconds after which a modem that stays is no modem in a loop, and a loader that stays holds. */
const staysAfter = 10;

export function situationOf(session: Session): Situation {
	if (session.flash.running) {
		return { ...flashStanding(session.flash), findings: [], steps: [] };
	}
	const findings = session.currentFindings.filter(
		({ path }) => path === undefined || session.path === undefined || path === session.path,
	);
	const has = (...rules: readonly string[]) => findings.some(({ rule }) => rules.includes(rule));
	const standing = standingOf(session, has);
	// A recording is past: there is nothing to do in it.
	const isLive = session.modem !== undefined;
	const next = isLive ? standing.next : undefined;
	const steps = stepsBeside({ ...standing, next }, findings[0], isLive);
	return { ...standing, next, findings, steps };
}

/** The rules that find what a situation is: the first step of theirs is its next one. */
const ownRules = ['boot-loop', 'loader-held', 'flash-done'];

function stepsBeside(
	{ state, next }: Standing,
	leading: EventOf<'finding'> | undefined,
	isLive: boolean,
): readonly string[] {
	// A loader that holds after a failed flash needs nothing that brings it there.
	if (!leading || (next && state === 'half flashed')) return [];
	return isLive && ownRules.includes(leading.rule) ? leading.next.slice(1) : leading.next;
}

type Has = (...rules: readonly string[]) => boolean;

function standingOf(session: Session, has: Has): Standing {
	const { path, timeline } = session;
	const now = session.now();
	const port = path === undefined ? undefined : timeline.port(path, now);
	const last = port?.spans.at(-1);
	if (!last) return nothingSeen(session);
	if (port?.loop) return loopStanding(port.loop, last, now, session.modem?.at.armed);
	if (last.to !== undefined) return gone(session);
	if (has('no-driver')) {
		return {
			state: 'no driver',
			words: 'no driver',
			grade: 'bad',
			says: 'The modem is on USB, and the kernel binds no driver to it: it has no port to speak over.',
			next: doctor,
		};
	}
	switch (last.mode) {
		case 'application':
			return application(session, last, has);
		case 'loader':
			return loader(session, last, has);
		case 'edl':
			return {
				state: 'EDL',
				words: 'emergency download (EDL)',
				grade: 'bad',
				says: 'The chip runs the loader in its ROM: it found no usable boot loader in its flash.',
				next: session.firmware.openedPackage ? towardsFlash(session) : partitionsInShell,
			};
		case 'memory dump':
			return {
				state: 'memory dump',
				words: 'waits for a memory dump',
				grade: 'bad',
				says: 'The modem has crashed and waits for its memory to be read.',
				next: {
					action: 'wait',
					says: 'Power-cycle it, unless its maker asked for the dump: that is lost then.',
				},
			};
		default:
			return {
				state: 'unknown',
				words: 'there, mode unknown',
				grade: 'warn',
				says: 'A modem is there, and what it shows on USB does not tell what runs in it.',
				next: doctor,
			};
	}
}

const programmerLine = 'modemscope flash rawprogram0.xml --programmer FILE';
/** A package that has both is opened like firmware. */
const partitionsInShell = {
	action: 'shell',
	line: programmerLine,
	says: `Flash its maker’s images with its maker’s programmer, in another shell: ${programmerLine}. A package that has both opens in 3 Firmware.`,
} as const;

const doctor = {
	action: 'shell',
	line: 'modemscope doctor',
	says: 'modemscope doctor looks at drivers, nodes and rights.',
} as const;

const nothingSeen = ({ hasUsb, player }: Session): Standing => {
	if (player) {
		return {
			state: 'no modem',
			words: 'no modem seen',
			grade: 'calm',
			says: 'No modem has come on USB up to this moment of the recording.',
			next: undefined,
		};
	}
	return hasUsb
		? {
				state: 'no modem',
				words: 'no modem seen',
				grade: 'calm',
				says: 'No modem is plugged in.',
				next: { action: 'wait', says: 'It is shown as soon as it comes on USB.' },
			}
		: {
				state: 'no USB',
				words: 'no USB here',
				grade: 'calm',
				says: 'This machine shows no USB at all.',
				next: { action: 'simulate', says: 'Try a simulated modem.' },
			};
};

const gone = (session: Session): Standing => ({
	state: 'gone',
	words: 'gone',
	grade: 'warn',
	says: 'The modem has left USB. Nothing can be sent to it until it comes back.',
	next: isArmed(session)
		? { action: 'wait', says: 'The armed command is sent when its AT port comes back.' }
		: { action: 'wait', says: 'See whether it comes back by itself.' },
});

const restOfFlash = ({ modem }: Session): Standing['next'] =>
	modem?.flasher.plan
		? startOf(modem)
		: { action: 'continue-flash', says: 'Plan what is left of that flash.' };

/** A flash that was started shows nothing for as long as its process takes to come. */
const startOf = ({ flasher }: ModemControl): Standing['next'] =>
	flasher.isStarting
		? { action: 'wait', says: 'The flash is being started.' }
		: { action: 'start', says: 'Start the planned flash.' };

const isArmed = ({ modem }: Session) => modem?.at.armed !== undefined;

function application(session: Session, { from }: Span, has: Has): Standing {
	if (session.now() - from < staysAfter) {
		return {
			state: 'starting',
			words: 'application runs',
			grade: 'good',
			says: `The application has just started. One in a boot loop resets within ${staysAfter} s.`,
			next: { action: 'wait', says: 'See whether it stays.' },
		};
	}
	if (has('low-power')) return lowPowerStanding(session.facts, from);
	const running = { state: 'application', words: 'application runs', grade: 'good' } as const;
	if (session.modem?.flasher.unfinished) {
		return {
			...running,
			says: 'The application runs and stays. A flash of it was begun, and its end was not seen.',
			next: restOfFlash(session),
		};
	}
	const done = session.currentFindings.find(({ rule }) => rule === 'flash-done');
	if (done) {
		const isRead = (session.facts.readAt ?? 0) > done.t;
		return {
			...running,
			says: done.means,
			next: isRead ? undefined : { action: 'read-state', says: 'Read its PRI and carrier.' },
		};
	}
	if (session.facts.isEmpty) {
		return {
			...running,
			says: 'The application runs and stays. USB alone shows nothing unusual; the modem itself was not asked yet.',
			next: { action: 'read-state', says: 'Read what the modem says of itself.' },
		};
	}
	return {
		...running,
		says: 'The application runs and stays. USB shows nothing unusual, nor does what the modem said of itself.',
		next: undefined,
	};
}

function loader(session: Session, { from }: Span, has: Has): Standing {
	const holding = { words: 'boot loader holding', grade: 'warn' } as const;
	const { flash } = session;
	const isHalf = flash.ended?.exit === exitCode.failedDuringWrite;
	const isUnfinished = session.modem?.flasher.unfinished !== undefined;
	if (isHalf || isUnfinished) {
		return {
			...holding,
			state: 'half flashed',
			says: 'A flash was begun and not finished. The boot loader holds and can be flashed again.',
			next: isUnfinished ? restOfFlash(session) : towardsFlash(session),
		};
	}
	if (has('missed-hello', 'refused-firehose', 'zeros')) {
		return {
			...holding,
			state: 'loader spoiled',
			says: 'The boot loader holds, and was sent something that it did not understand. A flash finds out and brings it back to order.',
			next: towardsFlash(session),
		};
	}
	if (session.now() - from < staysAfter && !has('loader-held', 'crash-dump')) {
		return {
			...holding,
			state: 'loader passing',
			says: `The boot loader has just come. It holds if it is still there in ${staysAfter} s.`,
			next: { action: 'wait', says: 'See whether it stays.' },
		};
	}
	return {
		...holding,
		state: 'loader',
		says: 'The boot loader holds and waits for a download.',
		next: towardsFlash(session),
	};
}

/** The next of the steps that lead to a flash. */
function towardsFlash({ modem, firmware }: Session): Standing['next'] {
	if (modem?.flasher.plan) return startOf(modem);
	return (firmware.opened ?? firmware.openedPackage)
		? { action: 'plan', says: 'Plan a flash of the open file.' }
		: { action: 'open-file', says: 'Choose a firmware file to flash.' };
}
