/**
 * The kernel's log, however it was printed: what came and went on USB, and which drivers took it. It
 * tells no descriptors, so a device's interfaces are those that a driver took.
 */
import type { EventOf, UsbDevice, UsbInterface } from '../../../events.ts';
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';
import type { Moment } from '../time/clock.ts';
import { type Stamp, stampOf } from '../time/stamps.ts';
import { JournalForms } from './journal-forms.ts';
import {
	about,
	attached,
	began,
	bindingIn,
	endings,
	firstWord,
	found,
	gone,
	isSpoken,
	journals,
	left,
	leftOut,
	megabits,
	messageOf,
	names,
	printed,
	rebooted,
	spoken,
	strings,
} from './kernel-words.ts';
import { UnseenComings } from './unseen-comings.ts';
import { unknownId } from './usb-world.ts';

/** Drivers bind within this time after a device has come, seconds; later it is a change. */
const settled = 5;
/** Longer lines are cut: no line of a kernel is. */
const longestLine = 2000;

export const kernelLog: Importer = {
	reads: 'the kernel’s log (dmesg, journalctl, logread, syslog)',
	isSure: true,
	begin: (paste) => new Reading(paste),
};

type Sight = {
	device: UsbDevice;
	since: Moment;
	isGone: boolean;
	/** The interfaces that a driver has left, while nobody said that the device went. */
	left: Set<number>;
};

class Reading implements LineReader {
	readonly #paste: Paste;
	readonly #forms = new JournalForms();
	readonly #clock;
	readonly #sights = new Map<string, Sight>();
	/** What the line before `New USB device found` told of a path. */
	readonly #coming = new Map<string, { number: number; speed: number | undefined }>();
	readonly #unseen = new UnseenComings();
	/** What was read with its time, to know a log that was pasted twice. */
	readonly #read = new Set<string>();
	/** The lines now are a paste of what was pasted before. */
	#isRepeated = false;
	#isTimed = false;
	#hasBegun = false;
	#others = 0;
	#wentFirst: string | undefined;

	constructor(paste: Paste) {
		this.#paste = paste;
		this.#clock = paste.clock();
	}

	take(line: Line): boolean {
		const unwrapped = this.#forms.take(line);
		if (unwrapped === 'part') return true;
		const text = (unwrapped?.message ?? line.text).slice(0, longestLine);
		if (journals.test(text)) return true;
		if (rebooted.test(text)) {
			if (this.#isAnyHere) this.#rebooted(line, this.#time(undefined, line));
			return true;
		}
		const match = spoken.exec(text);
		// Behind its beginning a line may name other dates, as that of the kernel's build.
		const head =
			printed.exec(text)?.[0] ?? text.slice(0, Math.max(0, text.indexOf('usb_modeswitch')));
		const before = match ? text.slice(0, match.index) : head;
		const stamp = unwrapped?.stamp ?? stampOf(before);
		const isKernels = unwrapped !== undefined || printed.test(text);
		if (!match || !isSpoken(match[1]!, match[5]!)) {
			if (!isKernels && !/\busb_modeswitch\b.*[:[]/.test(text)) return false;
			this.#other(line, text, stamp);
			return true;
		}
		const key = `${stamp?.kind} ${stamp?.seconds} ${match[0]}`;
		const isRead = stamp !== undefined && this.#read.has(key);
		this.#isRepeated = isRead && (this.#isRepeated || this.#clock.back(stamp) > 0);
		if (this.#isRepeated) return true;
		this.#read.add(key);
		this.#spoken(line, match, this.#time(stamp, line));
		return true;
	}

	end(): void {
		this.#unseen.end();
		if (this.#hasBegun && this.#sights.size === 0) {
			const went = this.#wentFirst === undefined ? '' : ` ${this.#wentFirst}`;
			this.#paste.notes.push(`No USB device comes in this log.${went}`);
		}
		if (this.#others > 0) this.#paste.notes.push(leftOut(this.#others));
	}

	caveat(): string {
		const isDated = this.#paste.wall.started !== undefined;
		const untold = this.#isTimed ? ', and its times tell no date' : ', and its lines have no times';
		return `a kernel’s log tells no descriptors${this.#isTimed && isDated ? '' : untold}`;
	}

	#other(line: Line, text: string, stamp: Stamp | undefined): void {
		const moment = this.#time(stamp, line);
		if (firstWord.test(text) && this.#isAnyHere) this.#rebooted(line, moment);
		if (about.test(text)) this.#paste.note(line, moment, messageOf(text));
		else this.#others++;
	}

	#spoken(line: Line, match: RegExpExecArray, moment: Moment): void {
		const [whole, driver = '', path = '', iface, node, text = ''] = match;
		// What has gone is gone before the words are looked at.
		const isGoing = gone.test(text);
		if (!isGoing) this.#paste.note(line, moment, whole);
		if (driver === 'usb') this.#core(path, text, line, moment);
		else if (iface !== undefined) this.#driver({ path, iface, node, driver, text }, line, moment);
		if (isGoing) this.#paste.note(line, moment, whole);
	}

	/** A line without a time keeps its place, and no figure is made of it. */
	#time(stamp: Stamp | undefined, line: Line): Moment {
		this.#hasBegun = true;
		if (!stamp) {
			const { t, stretch } = this.#clock.isSet ? this.#clock.now : this.#paste.untimed;
			return { t, stretch, untimed: true };
		}
		this.#isTimed = true;
		const { stretch } = this.#clock;
		const moment = this.#clock.at(stamp);
		if (stamp.kind === 'boot' && moment.stretch > stretch && stretch > 0) {
			this.#rebooted(line, moment);
		}
		return moment;
	}

	/** Whatever was plugged in then has gone at a time that nobody saw. */
	#rebooted(line: Line, moment: Moment): void {
		const said = `The host restarted before line ${line.number}: what was plugged in then went with it.`;
		this.#paste.remark(said, line, moment);
		for (const sight of this.#sights.values()) {
			if (!sight.isGone) this.#end(sight, line, moment, 'restart');
		}
	}

	#core(path: string, text: string, line: Line, moment: Moment): void {
		const [, speed, number] = began.exec(text) ?? [];
		if (number !== undefined) {
			const known = { number: Number(number), speed: megabits[speed?.toLowerCase() ?? ''] };
			this.#coming.set(path, known);
		}
		const [, vid, pid] = found.exec(text) ?? [];
		if (vid !== undefined && pid !== undefined) {
			this.#came(path, [vid.toLowerCase(), pid.toLowerCase()], line, moment);
		}
		const went = gone.exec(text)?.[1];
		if (went !== undefined) this.#went(path, Number(went), line, moment);
		const sight = this.#here(path);
		if (!sight) return;
		const [, name, value] = strings.exec(text) ?? [];
		if (name !== undefined && value !== undefined) {
			sight.device[names[name as keyof typeof names]] = value;
		}
		const node = attached.exec(text)?.[1];
		if (node === undefined) return;
		// The line before it named the interface and its driver.
		const last = sight.device.interfaces.findLast(({ nodes }) => nodes.length === 0);
		if (last) this.#change(sight, { ...last, nodes: [node] }, line, moment);
	}

	#driver({ path, iface, node, driver, text }: Spoken, line: Line, moment: Moment): void {
		const number = Number(iface);
		if (left.test(text)) {
			this.#left(path, number, driver, line, moment);
			return;
		}
		const bound = bindingIn(text);
		if (!bound) return;
		const sight = this.#here(path) ?? this.#came(path, [unknownId, unknownId], line, moment);
		sight.left.delete(number);
		const before = sight.device.interfaces.find((known) => known.number === number);
		const added = bound.node ?? node;
		const nodes = (before?.nodes ?? []).filter((known) => known !== bound.before);
		const all = [...new Set([...nodes, ...(added ? [added] : [])])];
		// Neither class nor endpoints are told.
		const entry = { number, class: '//', endpoints: 0, driver, nodes: all };
		this.#change(sight, before ? { ...before, driver, nodes: all } : entry, line, moment);
	}

	/** A device whose drivers have all left has gone, though nothing says so. */
	#left(path: string, number: number, driver: string, line: Line, moment: Moment): void {
		const sight = this.#here(path);
		if (!sight) {
			this.#unseen.left(path, number, driver);
			return;
		}
		sight.left.add(number);
		if (sight.device.interfaces.every((iface) => sight.left.has(iface.number))) {
			this.#end(sight, line, moment);
		}
	}

	get #isAnyHere(): boolean {
		return [...this.#sights.values()].some(({ isGone }) => !isGone);
	}

	#here(path: string): Sight | undefined {
		const sight = this.#sights.get(path);
		return sight?.isGone ? undefined : sight;
	}

	#came(path: string, [vid, pid]: readonly [string, string], line: Line, moment: Moment): Sight {
		const before = this.#here(path);
		if (before) this.#end(before, line, moment, 'unseen');
		const device: UsbDevice = { path, vid, pid, interfaces: [] };
		const { number, speed } = this.#coming.get(path) ?? {};
		if (number !== undefined) device.number = number;
		if (speed !== undefined) device.speed = speed;
		this.#coming.delete(path);
		this.#unseen.came(device);
		const sight = { device, since: moment, isGone: false, left: new Set<number>() };
		this.#sights.set(path, sight);
		this.#paste.usb.saw(sight);
		this.#paste.say('usb', { type: 'usb-came', device }, line, moment);
		return sight;
	}

	#went(path: string, number: number, line: Line, moment: Moment): void {
		const sight = this.#here(path);
		if (sight && (sight.device.number === undefined || sight.device.number === number)) {
			this.#end(sight, line, moment);
			return;
		}
		// Another one than was seen: the log leaves something out.
		if (sight) this.#end(sight, line, moment, 'unseen');
		else if (this.#sights.get(path)?.since !== undefined && this.#wasLeft(path, number)) return;
		const fact = { type: 'usb-went' as const, path, vid: unknownId, pid: unknownId };
		this.#unseen.went(this.#paste.say('usb', fact, line, moment) as EventOf<'usb-went'>);
		this.#wentFirst ??= `Line ${line.number}: what was on ${path} went.`;
	}

	/** The last one here went with its drivers a moment ago. */
	#wasLeft(path: string, number: number): boolean {
		const { device, left } = this.#sights.get(path)!;
		return left.size > 0 && (device.number === undefined || device.number === number);
	}

	#end(sight: Sight, line: Line, moment: Moment, how?: 'unseen' | 'restart'): void {
		sight.isGone = true;
		const { path, vid, pid } = sight.device;
		const isOther =
			sight.since.stretch !== moment.stretch && !moment.untimed && !sight.since.untimed;
		this.#paste.say(
			'usb',
			{ type: 'usb-went', path, vid, pid, ...endings[how ?? 'seen'] },
			line,
			isOther ? { ...moment, untimed: true } : moment,
		);
	}

	/** The coming that was said is completed; what comes much later is a change. */
	#change(sight: Sight, iface: UsbInterface, line: Line, moment: Moment): void {
		const { device } = sight;
		const others = device.interfaces.filter(({ number }) => number !== iface.number);
		const interfaces = [...others, iface].sort((a, b) => a.number - b.number);
		if (moment.t - sight.since.t <= settled) {
			device.interfaces = interfaces;
			return;
		}
		sight.device = { ...device, interfaces };
		this.#paste.say('usb', { type: 'usb-changed', device: sight.device }, line, moment);
	}
}

type Spoken = {
	path: string;
	iface: string;
	node: string | undefined;
	driver: string;
	text: string;
};
