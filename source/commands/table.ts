import type { Command } from './command.ts';

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const yes = { type: 'boolean' } as const;

const device = ['--device 3-1', 'the USB port path of the modem; else the first one seen'] as const;
const rehearsal = [
	'--rehearsal DIR',
	'look at the simulated modem that runs in this folder',
] as const;
const json = ['--json', 'one JSON object a line'] as const;

/** Every command. Help, usage and flags come from here. */
export const commands: readonly Command[] = [
	{
		name: 'console',
		usage: '',
		summary: 'the full-screen console (what "modemscope" alone does)',
		options: [
			['--demo [SCENARIO]', 'rehearse on a simulated modem'],
			['--speed 4', 'how many times faster than life the rehearsal runs'],
			['--replay FILE', 'open a recording, or a log of another tool'],
			device,
			['--view usb', 'start in usb, at, firmware, flash or recordings'],
			['--ascii', 'draw with ASCII only'],
			['--fps 10', 'frames a second at most'],
			['--plain', 'lines instead of a screen, as without a terminal'],
			json,
			['--for 60', 'end the lines after so many seconds'],
			rehearsal,
		],
		examples: ['modemscope', 'modemscope --demo', 'modemscope --replay update.log'],
		flags: {
			demo: text,
			speed: number,
			replay: text,
			device: text,
			view: text,
			ascii: yes,
			fps: number,
			plain: yes,
			json: yes,
			for: number,
			rehearsal: text,
		},
		inputs: [0, 0],
		run: async (input, flags, output) =>
			(await import('./console.ts')).runConsoleCommand(input, flags, output),
	},
	{
		name: 'watch',
		usage: '',
		summary: 'the USB life of modems as lines; names a boot loop',
		options: [
			device,
			['--until-loop', 'end with exit code 9 when a boot loop is seen'],
			['--for 60', 'end after so many seconds'],
			['--list', 'show the modems that are there now, with their interfaces, and end'],
			json,
			rehearsal,
		],
		examples: [
			'modemscope watch',
			'modemscope watch --until-loop --for 120',
			'modemscope watch --list --json',
		],
		flags: { device: text, untilLoop: yes, for: number, list: yes, json: yes, rehearsal: text },
		inputs: [0, 0],
		run: async (input, flags, output) =>
			(await import('./watch/watch.ts')).watch(input, flags, output),
	},
	{
		name: 'at',
		usage: 'COMMAND…',
		summary: 'sends AT commands and prints the answers',
		options: [
			device,
			['--port DEV', 'send to this port'],
			['--catch', 'wait for the AT port to appear and send within its window'],
			['--script FILE', 'send the lines of this script (docs/at-commands.md)'],
			['--for 120', 'give up waiting after so many seconds'],
			[
				'--yes RESET',
				'send the command of this name, though it may change the modem; may be repeated',
			],
			['--entercnd A710', 'the password, for commands that are refused without it'],
			['--snapshot', 'read everything that tells the state of the modem'],
			['--diff', 'say what differs between two recordings, A and B'],
			['-o, --output FILE', 'keep what is said as a recording'],
			json,
			rehearsal,
		],
		examples: [
			'modemscope at ATI',
			'modemscope at --catch --yes BOOTHOLD AT!BOOTHOLD',
			'modemscope at --snapshot --entercnd A710 -o before.ndjson',
			'modemscope at --diff before.ndjson after.ndjson',
		],
		flags: {
			device: text,
			port: text,
			catch: yes,
			script: text,
			for: number,
			yes: { type: 'string', isMultiple: true },
			entercnd: text,
			snapshot: yes,
			diff: yes,
			output: { type: 'string', shortFlag: 'o' },
			json: yes,
			rehearsal: text,
		},
		inputs: [0, 64],
		run: async (input, flags, output) => (await import('./at/at.ts')).at(input, flags, output),
	},
	{
		name: 'inspect',
		usage: 'FILE…',
		summary: 'opens firmware, checks every CRC, and matches it with a modem',
		options: [
			['--model RC7620', 'say whether the files are for this modem'],
			['--version 00.03.03.00', 'the firmware that it runs: names a downgrade, a step path'],
			['--carrier SIERRA', 'the carrier that it has: names a change'],
			['--device 3-1', 'the model is the one plugged in at this USB port path'],
			json,
			rehearsal,
		],
		examples: [
			'modemscope inspect RC76xx.spk',
			'modemscope inspect RC76xx.spk --model RC7620 --version 00.03.03.00',
			'modemscope inspect SWI9X30C.cwe SWI9X30C_GENERIC.nvu',
			'modemscope inspect --json *.cwe',
		],
		flags: {
			model: text,
			version: text,
			carrier: text,
			device: text,
			json: yes,
			rehearsal: text,
		},
		inputs: [1, 1000],
		run: async (input, flags, output) => {
			const { inspect } = await import('./inspect/inspect.ts');
			const { modemOf } = await import('./inspect/modem.ts');
			return inspect([...input], {
				json: flags.has('json'),
				columns: output.columns,
				modem: await modemOf(flags),
				out: output.out,
			});
		},
	},
	{
		name: 'flash',
		usage: 'FILE…',
		summary: 'plans, writes and verifies, in a process that outlives this one',
		options: [
			device,
			['--dry-run', 'show the plan and stop'],
			['--yes-flash MODEL', 'start without asking, when the plan is for this model'],
			['--protocol auto', 'how the loader is spoken to: auto, sahara, firehose, qdl'],
			['--over tty', 'over its tty, or over usb: its endpoints, taken from the driver'],
			[
				'--programmer FILE',
				'the maker’s programmer, for a rawprogram XML and a chip in EDL (05c6:9008)',
			],
			['--catch', 'wait for a modem that is not there now, as one in a boot loop'],
			['--override CHECK', 'set a refusal of the plan aside, by its name; may be repeated'],
			['--settle 60', 'seconds without a reset before it says that the modem stays up'],
			['--continue', 'go on with the flash that was left unfinished'],
			['--status', 'list the flashes that run, and those that were left unfinished'],
			['--follow', 'follow the flash that runs'],
			json,
			rehearsal,
		],
		examples: [
			'modemscope flash RC76xx.spk',
			'modemscope flash RC76xx.spk --yes-flash RC7620',
			'modemscope flash SWI9X30C.cwe SWI9X30C_GENERIC.nvu',
			'modemscope flash rawprogram0.xml patch0.xml --programmer prog_firehose.mbn',
			'modemscope flash --follow',
		],
		flags: {
			device: text,
			dryRun: yes,
			yesFlash: text,
			catch: yes,
			override: { type: 'string', isMultiple: true },
			settle: number,
			continue: yes,
			status: yes,
			follow: yes,
			json: yes,
			rehearsal: text,
			job: text,
			from: text,
			digest: text,
			way: text,
			protocol: text,
			over: text,
			programmer: text,
		},
		inputs: [0, 8],
		run: async (input, flags, output) =>
			(await import('./flash/flash.ts')).flash(input, flags, output),
	},
	{
		name: 'replay',
		usage: 'FILE',
		summary: 'prints a recording, or a log of another tool, and what it means',
		options: [json],
		examples: [
			'modemscope replay update.log',
			'modemscope replay recordings/rc7620-missed-hello-2023-06-01.ndjson',
		],
		flags: { json: yes },
		inputs: [1, 1],
		run: async ([path = ''], flags, output) => {
			const { replay } = await import('./replay.ts');
			return replay(path, { json: flags.has('json'), columns: output.columns, out: output.out });
		},
	},
	{
		name: 'decode',
		usage: 'HEX…|-|FILE',
		summary: 'explains bytes: which message they are, field by field',
		options: [
			['--from modem', 'who sent them, host or modem; else it is guessed'],
			['--plain', 'no colour; NO_COLOR and a pipe do the same'],
			json,
		],
		examples: [
			'modemscope decode 7e7000001446 7e',
			'modemscope decode capture.bin',
			'xxd dump | modemscope decode -',
		],
		flags: { from: text, plain: yes, json: yes },
		inputs: [1, 1_000_000],
		run: async (input, flags, output) =>
			(await import('./decode/decode.ts')).decodeCommand(input, flags, output),
	},
	{
		name: 'import',
		usage: 'LOG -o FILE',
		summary: 'makes a recording of a log: qmi-firmware-update, fwdwl, lsusb, dmesg',
		options: [['-o, --output FILE', 'where the recording goes']],
		examples: ['modemscope import update.log -o update.ndjson'],
		flags: { output: { type: 'string', shortFlag: 'o', isRequired: true } },
		inputs: [1, 1],
		run: async ([path = ''], flags, { out }) => {
			const { importLog } = await import('./import.ts');
			return importLog(path, flags.text('output') ?? '', { out });
		},
	},
	{
		name: 'export',
		usage: 'REC --to pcapng|asciicast|text -o FILE',
		summary: 'writes a recording for Wireshark, as a film for a talk, or as text for a ticket',
		options: [
			['--to pcapng', 'pcapng for Wireshark with modemscope.lua, asciicast for asciinema, or text'],
			['-o, --output FILE', 'where it goes; a file that is there is left alone'],
			['--speed 1', 'asciicast: how many times faster than life it plays'],
			['--idle 2', 'asciicast: seconds that a silence takes at most'],
			['--size 120x40', 'asciicast: columns and rows of the terminal'],
			['--view flash', 'asciicast: usb, at or flash'],
		],
		examples: [
			'modemscope export update.log --to pcapng -o update.pcapng',
			'modemscope export update.ndjson --to asciicast --speed 4 -o talk.cast',
		],
		flags: {
			to: { type: 'string', isRequired: true },
			output: { type: 'string', shortFlag: 'o', isRequired: true },
			speed: number,
			idle: number,
			size: text,
			view: text,
		},
		inputs: [1, 1],
		run: async (input, flags, output) =>
			(await import('./export.ts')).exportCommand(input, flags, output),
	},
	{
		name: 'compare',
		usage: 'GOOD BAD',
		summary: 'two recordings step by step, up to the first difference',
		options: [['--json', 'one JSON object']],
		examples: ['modemscope compare good.ndjson bad.ndjson'],
		flags: { json: yes },
		inputs: [2, 2],
		run: async (input, flags, output) => {
			const { compareRecordings } = await import('./compare.ts');
			return compareRecordings(input, {
				json: flags.has('json'),
				columns: output.columns,
				out: output.out,
			});
		},
	},
	{
		name: 'doctor',
		usage: '',
		summary: 'what stands in the way of the modem, and the command that mends it',
		options: [device, json, rehearsal],
		examples: ['modemscope doctor', 'modemscope doctor --device 3-1 --json'],
		flags: { device: text, json: yes, rehearsal: text },
		inputs: [0, 0],
		run: async (input, flags, output) => (await import('./doctor.ts')).doctor(input, flags, output),
	},
	{
		name: 'simulate',
		usage: 'SCENARIO --socket DIR|--usbip',
		summary: 'runs a virtual modem, in a folder or as a real USB device, to practise on',
		options: [
			['--socket DIR', 'show it in a folder: its sysfs, its ports and its firmware'],
			['--usbip', 'plug it into this machine (root; after "modprobe vhci-hcd")'],
			['--usbip-port 3240', 'offer it to "usbip attach" at this TCP port of 127.0.0.1'],
			['--firmware DIR', 'write firmware for it there, to flash with any tool'],
			['--speed 1', 'how many times faster than life it runs'],
			['--seed 7', 'the same seed gives the same times'],
			['--lease', 'end when no modemscope has looked at the folder for half a minute'],
			json,
		],
		examples: [
			'modemscope simulate boot-loop --socket /tmp/modem',
			'modemscope --rehearsal /tmp/modem',
			'sudo modemscope simulate loader --usbip --firmware /tmp/firmware',
		],
		flags: {
			socket: text,
			usbip: yes,
			usbipPort: number,
			firmware: text,
			speed: number,
			seed: number,
			lease: yes,
			json: yes,
		},
		inputs: [1, 1],
		run: async ([scenario = ''], flags, { out }) => {
			const { simulate } = await import('./simulate/simulate.ts');
			return simulate(scenario, {
				socket: flags.text('socket'),
				usbip: flags.has('usbip'),
				usbipPort: flags.number('usbipPort'),
				firmware: flags.text('firmware'),
				speed: flags.number('speed') ?? 1,
				seed: flags.number('seed'),
				lease: flags.has('lease'),
				json: flags.has('json'),
				out,
			});
		},
	},
];
