/**
 * The vocabulary: facts with a time. Sources append events, screens, findings and recordings are
 * functions of them. This file is the one place that says what an event may be, in memory and on
 * disk; a recording is a line of header and then one event a line.
 */
import * as v from 'valibot';

/** What `to` of a flash says of files that do not tell their version. */
export const versionless = 'not told by partitions';

const text = v.pipe(v.string(), v.maxLength(65_536));
/** Whole numbers that are exact. */
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** What one write to a port may hold, bytes. */
const length = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
/** A hundred years either way: a log may begin before its recording, and a clock may be set. */
const seconds = v.pipe(v.number(), v.minValue(-3.2e9), v.maxValue(3.2e9));
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/));

const usbEndpoint = v.object({
	/** Two hexadecimal digits, as the kernel names it: `81` is number 1, in. */
	address: text,
	type: v.picklist(['control', 'isochronous', 'bulk', 'interrupt']),
});
export type UsbEndpoint = v.InferOutput<typeof usbEndpoint>;

const usbInterface = v.object({
	number: count,
	/** Class, subclass and protocol as in the descriptor, e.g. `ff/ff/ff`. */
	class: text,
	endpoints: count,
	/** What these endpoints are, by address; older recordings tell their number only. */
	pipes: v.optional(v.array(usbEndpoint)),
	driver: v.optional(text),
	/** Names under /dev: ttyUSB0, cdc-wdm0; and network names: wwan0. */
	nodes: v.array(text),
	/** Those of the nodes that the kernel names and /dev does not have. */
	missing: v.optional(v.array(text)),
});
export type UsbInterface = v.InferOutput<typeof usbInterface>;

const usbDevice = v.object({
	/** Where it is plugged, as the kernel names it: `3-1`. It stays when the device number moves on. */
	path: text,
	/** Four hexadecimal digits each. */
	vid: text,
	pid: text,
	number: v.optional(count),
	manufacturer: v.optional(text),
	product: v.optional(text),
	serial: v.optional(text),
	/** Megabits a second: 480 is USB 2, 5000 is USB 3. */
	speed: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e6))),
	/** The same socket on the other bus, USB 2 or USB 3, where a modem may come back: `4-1`. */
	peer: v.optional(text),
	/** `auto` lets the kernel suspend it when it is idle. */
	power: v.optional(v.picklist(['on', 'auto'])),
	/** False: whoever listed it names no drivers, so that an interface may have one. */
	driversTold: v.optional(v.literal(false)),
	/** False: the kernel was told not to configure it. */
	authorized: v.optional(v.boolean()),
	interfaces: v.array(usbInterface),
});
export type UsbDevice = v.InferOutput<typeof usbDevice>;

/** Phases of a flash, in order. */
export const flashPhases = [
	'connect',
	'sahara',
	'configure',
	'write',
	'commit',
	'reboot',
	'check',
] as const;
export type FlashPhase = (typeof flashPhases)[number];

const imageRange = v.object({
	/** Offset of the header, and of the first byte after the image, in the file. */
	start: count,
	end: count,
	/** 0 for the file itself. */
	depth: count,
	type: v.optional(text),
	version: v.optional(text),
});
export type ImageRange = v.InferOutput<typeof imageRange>;

const fact = v.variant('type', [
	v.object({
		type: v.literal('usb-came'),
		device: usbDevice,
		/** It was there when the watch began: how long is not known. */
		found: v.optional(v.literal(true)),
	}),
	v.object({ type: v.literal('usb-changed'), device: usbDevice }),
	v.object({
		type: v.literal('usb-went'),
		path: text,
		vid: text,
		pid: text,
		/** Nobody saw it go: a log says later that it was gone by then. */
		unseen: v.optional(v.literal(true)),
		/** The host restarted: it went with that, whenever it was. */
		hostRestarted: v.optional(v.literal(true)),
	}),

	v.object({ type: v.literal('port-opened'), port: text }),
	v.object({ type: v.literal('port-closed'), port: text }),
	v.object({ type: v.literal('port-lost'), port: text, why: text }),
	v.object({ type: v.literal('bytes'), port: text, dir: v.picklist(['in', 'out']), hex }),
	/** Firmware payload sent to the modem: where it stands in the file, never the bytes themselves. */
	v.object({
		type: v.literal('payload'),
		port: text,
		file: text,
		offset: count,
		length,
		/** Zero bytes sent after the file's own, to fill the last sector and the closing block. */
		padding: v.optional(length),
		sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	}),

	v.object({ type: v.literal('at-sent'), port: text, command: text }),
	v.object({
		type: v.literal('at-answered'),
		port: text,
		command: text,
		lines: v.array(text),
		/** `OK`, `ERROR`, `+CME ERROR: 3`, or why there is none: `no answer`, `port lost`. */
		result: text,
		seconds,
	}),
	v.object({ type: v.literal('at-unsolicited'), port: text, line: text }),
	v.object({ type: v.literal('armed'), path: text, command: text }),
	v.object({
		type: v.literal('fired'),
		path: text,
		command: text,
		/** Seconds from `usb-came` to the first byte sent. */
		after: seconds,
		result: text,
	}),
	v.object({ type: v.literal('disarmed'), path: text, command: text, why: text }),

	/** The images that a tool found in a firmware file. */
	v.object({ type: v.literal('images'), file: text, images: v.array(imageRange) }),
	v.object({
		type: v.literal('flash-started'),
		file: text,
		/** Files that are sent after it; `size` counts them too. */
		others: v.optional(v.array(text)),
		/** How many of them the modem accepted before this flash, which is not to send them again. */
		accepted: v.optional(count),
		size: count,
		path: text,
		model: text,
		/** The version in the modem before, when it is known, and in the file, or `versionless`. */
		from: v.optional(text),
		to: text,
	}),
	/** How the flash is done, and the checks before it; a person set those aside that are overridden. */
	v.object({
		type: v.literal('flash-plan'),
		way: v.picklist(['flash', 'feed', 'rest', 'reset', 'verify']),
		checks: v.array(
			v.object({
				name: text,
				state: v.picklist(['ok', 'warn', 'refuse']),
				says: text,
				overridden: v.boolean(),
			}),
		),
	}),
	v.object({
		type: v.literal('flash-phase'),
		phase: v.picklist(flashPhases),
		state: v.picklist(['running', 'done', 'failed']),
		detail: v.optional(text),
	}),
	v.object({ type: v.literal('flash-progress'), sent: count, total: count }),
	v.object({
		type: v.literal('flash-ended'),
		exit: count,
		message: text,
		/** The state the modem is in now. */
		modem: text,
		next: v.optional(text),
	}),

	v.object({
		type: v.literal('finding'),
		rule: text,
		/** The USB port path that it is about, where it is about one. */
		path: v.optional(text),
		title: text,
		means: text,
		next: v.array(text),
		certainty: v.picklist(['proven', 'likely', 'possible']),
		/** Where the rule comes from; not `source`, which is who said the event. */
		reference: text,
		/** The lines of an imported text that it rests on. */
		lines: v.optional(v.array(count)),
		/** What it rests on in the recording itself, oldest first: when, what, and which frame. */
		evidence: v.optional(v.array(v.object({ t: seconds, says: text, frame: v.optional(count) }))),
	}),
	v.object({ type: v.literal('mark'), text }),
	/** A line of a tool's log or a word of modemscope about itself. */
	v.object({ type: v.literal('note'), text }),
]);

const stamp = v.object({
	/** Seconds since the recording's start, on the modem's time. */
	t: seconds,
	source: v.picklist(['usb', 'port', 'at', 'flash', 'log', 'diagnosis', 'person']),
	/** The text that it was imported from tells no time for it: `t` only keeps the order. */
	untimed: v.optional(v.literal(true)),
	/** The line of that text, counted from 1. */
	lineNumber: v.optional(count),
});

export const eventSchema = v.intersect([stamp, fact]);
export type Fact = v.InferOutput<typeof fact>;
export type Source = v.InferOutput<typeof stamp>['source'];
export type Event = v.InferOutput<typeof stamp> & Fact;
/** The event of one type: `EventOf<'bytes'>`. */
export type EventOf<T extends Fact['type']> = Event & Extract<Fact, { type: T }>;
/**
 * How a source says a fact; whoever keeps the log adds the time. A source that knows better when it
 * happened, seconds on the host's clock, says so.
 */
export type Emit = (source: Source, fact: Fact, t?: number) => void;

export const recordingFormat = 1;
export const headerSchema = v.object({
	modemscope: v.literal(recordingFormat),
	/** Wall time of t = 0, ISO 8601. */
	started: v.pipe(v.string(), v.isoTimestamp()),
	title: text,
	/** Where the facts come from: a live machine, the rehearsal, an imported log. */
	origin: text,
	/** Modem seconds in one second of the wall; 1 unless it was a rehearsal run faster. */
	speed: v.optional(v.pipe(v.number(), v.minValue(1e-3), v.maxValue(1e6)), 1),
});
export type Header = v.InferOutput<typeof headerSchema>;
