/**
 * The options of the commands that look at a modem, with their lines of help; those of recordings are
 * in recording-options.ts. A command's flags are typed by its row.
 */
import type { Protocol } from '../../flash/model/protocol.ts';
import type { Transport } from '../../flash/model/transport.ts';
import { viewNames } from '../../ui/text/view-names.ts';
import type { FlagsOf, Options } from './command.ts';
import { json } from './recording-options.ts';

const device = {
	type: 'text',
	value: '3-1',
	says: 'the USB port path of the modem; else the first one seen',
} as const;
const port = {
	type: 'text',
	value: '/dev/ttyUSB0',
	says: 'the modem that has this port, in place of --device',
} as const;
const rehearsal = {
	type: 'text',
	value: 'DIR',
	says: 'use the simulated modem that runs in this folder',
} as const;
const ssh = {
	type: 'text',
	value: 'root@gw',
	says: 'the modem is on that machine, which needs nothing but a shell',
} as const;

export const consoleOptions = {
	demo: {
		type: 'text',
		value: 'SCENARIO',
		alone: 'boot-loop',
		says: 'practise on a simulated modem; simulate --help lists the scenarios',
	},
	speed: {
		type: 'number',
		value: '4',
		says: 'run the simulation this many times faster',
	},
	replay: { type: 'text', value: 'FILE', says: 'open a recording, or a log of another tool' },
	follow: {
		type: 'text',
		value: '-',
		choices: ['-'],
		says: 'draw events from a pipe: ssh gw modemscope watch --json | modemscope --follow -',
	},
	paste: {
		type: 'switch',
		says: 'paste a log into the terminal, end it with Ctrl-D; or pipe it in',
	},
	device,
	view: {
		type: 'text',
		value: 'usb',
		choices: viewNames,
		says: `start in ${viewNames.slice(0, -1).join(', ')} or ${viewNames.at(-1)}`,
	},
	ascii: { type: 'switch', says: 'draw with ASCII only' },
	fps: { type: 'number', value: '10', says: 'frames a second at most' },
	plain: {
		type: 'switch',
		says: 'print lines instead of drawing a screen, as when there is no terminal',
	},
	json,
	for: { type: 'seconds', value: '60s', says: 'with --plain: end after this time' },
	rehearsal,
} as const satisfies Options;

export const watchOptions = {
	device,
	untilLoop: { type: 'switch', says: 'end with exit code 9 when a boot loop is seen' },
	for: { type: 'seconds', value: '60s', says: 'end after this time' },
	list: {
		type: 'switch',
		says: 'show the modems that are there now, with their interfaces, and end',
	},
	ssh,
	json,
	rehearsal,
} as const satisfies Options;

export const atOptions = {
	device,
	port: { type: 'text', value: 'DEV', says: 'send to this port' },
	catch: { type: 'switch', says: 'wait for the AT port to appear and send within its window' },
	script: {
		type: 'text',
		value: 'FILE',
		says: 'send the lines of this script (docs/at-commands.md)',
	},
	for: { type: 'seconds', value: '120s', says: 'give up waiting after this time' },
	yes: {
		type: 'text',
		value: 'RESET',
		isMultiple: true,
		says: 'allow the command of this name, which can change the modem; may be repeated',
	},
	entercnd: {
		type: 'text',
		value: 'A710',
		says: 'the password (AT!ENTERCND) that protected commands need',
	},
	snapshot: { type: 'switch', says: 'read everything that shows the state of the modem' },
	diff: { type: 'switch', says: 'send nothing: compare the answers in two recordings, A and B' },
	output: {
		type: 'text',
		value: 'FILE',
		short: 'o',
		says: 'write a recording of commands and answers',
	},
	ssh,
	json,
	rehearsal,
} as const satisfies Options;

export const rawOptions = {
	hex: { type: 'switch', says: 'show hex beside text; Ctrl-T h turns it on and off' },
	timestamps: { type: 'switch', says: 'show the time of each line; Ctrl-T t turns it on and off' },
	log: {
		type: 'text',
		value: 'FILE',
		says: 'write what is shown to a new file; Ctrl-T f does the same',
	},
	for: { type: 'seconds', value: '60s', says: 'end after this time' },
	yes: { type: 'switch', says: 'open it without asking' },
	output: { type: 'text', value: 'FILE', short: 'o', says: 'where the recording goes' },
	rehearsal,
} as const satisfies Options;

export const pushOptions = {
	to: { type: 'text', value: 'DIR', says: 'a folder on the gateway; else the first one with room' },
	copyOnly: { type: 'switch', says: 'copy it, and do not start it' },
} as const satisfies Options;

export const guardOptions = {
	policy: {
		type: 'text',
		value: 'FILE',
		says: 'what it may do (docs/guard.md); without one it only watches',
	},
	textfile: {
		type: 'text',
		value: 'FILE',
		says: 'write metrics there, for node_exporter’s textfile collector',
	},
	for: { type: 'seconds', value: '24h', says: 'end after this time' },
	rehearsal,
} as const satisfies Options;

export const inspectOptions = {
	model: { type: 'text', value: 'RC7620', says: 'check whether the files are for this modem' },
	version: {
		type: 'text',
		value: '00.03.03.00',
		says: 'the version that the modem runs: warns of a downgrade, or of a step between',
	},
	carrier: {
		type: 'text',
		value: 'SIERRA',
		says: 'the carrier that the modem has: warns of a change',
	},
	device: {
		type: 'text',
		value: '3-1',
		says: 'check whether the files are for the modem at this USB port path',
	},
	json,
	rehearsal,
} as const satisfies Options;

export const flashOptions = {
	device,
	port,
	dryRun: { type: 'switch', says: 'show the plan and stop' },
	rehearse: { type: 'switch', says: 'flash a simulated modem made from this one, and stop' },
	yesFlash: {
		type: 'text',
		value: 'MODEL',
		says: 'start without asking, when the plan is for this model',
	},
	protocol: {
		type: 'text',
		value: 'auto',
		choices: ['auto', 'sahara', 'firehose', 'qdl'] as const satisfies Protocol[],
		says: 'the protocol of the loader: auto, sahara, firehose, qdl',
	},
	over: {
		type: 'text',
		value: 'auto',
		choices: ['auto', 'tty', 'usb'] as const satisfies ('auto' | Transport)[],
		says: 'the way to the loader: tty (its serial port), usb (without the driver) or auto',
	},
	programmer: {
		type: 'text',
		value: 'FILE',
		says: 'the maker’s programmer: writes a rawprogram XML to a chip in EDL (05c6:9008)',
	},
	catch: { type: 'switch', says: 'wait for the modem to appear, as in a boot loop' },
	override: {
		type: 'text',
		value: 'CHECK',
		isMultiple: true,
		says: 'go on although this check of the plan refuses; may be repeated',
	},
	settle: {
		type: 'seconds',
		value: '60s',
		says: 'after the write, the modem must run this long without a reset',
	},
	continue: { type: 'switch', says: 'go on with the flash that was left unfinished' },
	status: { type: 'switch', says: 'list the flashes that run, and those left unfinished' },
	follow: { type: 'switch', says: 'follow the flash that runs' },
	json,
	rehearsal,
	job: { type: 'switch' },
} as const satisfies Options;

export const leaveOptions = {
	device,
	port,
	yes: { type: 'switch', says: 'leave without asking for the model’s name' },
	json,
	rehearsal,
} as const satisfies Options;

export const doctorOptions = { device, json, rehearsal } as const satisfies Options;

export const simulateOptions = {
	socket: {
		type: 'text',
		value: 'DIR',
		says: 'run it in this folder, with its sysfs, its ports and firmware to flash',
	},
	usbip: { type: 'switch', says: 'plug it into this machine (root; after "modprobe vhci-hcd")' },
	usbipPort: {
		type: 'number',
		value: '3240',
		says: 'offer it to "usbip attach" at this TCP port of 127.0.0.1',
	},
	firmware: {
		type: 'text',
		value: 'DIR',
		says: 'write firmware for it into this folder, to flash with any tool',
	},
	speed: { type: 'number', value: '1', says: 'run this many times faster' },
	seed: {
		type: 'number',
		value: '7',
		says: 'the number behind its random times: the same seed gives the same times',
	},
	lease: {
		type: 'switch',
		says: 'end by itself when no modemscope has used it for half a minute',
	},
	json,
} as const satisfies Options;

export type ConsoleFlags = FlagsOf<typeof consoleOptions>;
export type WatchFlags = FlagsOf<typeof watchOptions>;
export type AtFlags = FlagsOf<typeof atOptions>;
export type RawFlags = FlagsOf<typeof rawOptions>;
export type InspectFlags = FlagsOf<typeof inspectOptions>;
export type FlashFlags = FlagsOf<typeof flashOptions>;
export type GuardFlags = FlagsOf<typeof guardOptions>;
export type LeaveFlags = FlagsOf<typeof leaveOptions>;
export type PushFlags = FlagsOf<typeof pushOptions>;
export type DoctorFlags = FlagsOf<typeof doctorOptions>;
