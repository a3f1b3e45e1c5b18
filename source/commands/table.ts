import { caseOptions } from './case/options.ts';
import { type Command, command } from './common/command.ts';
import {
	atOptions,
	consoleOptions,
	doctorOptions,
	flashOptions,
	guardOptions,
	inspectOptions,
	leaveOptions,
	pushOptions,
	rawOptions,
	simulateOptions,
	watchOptions,
} from './common/options.ts';
import {
	compareOptions,
	decodeOptions,
	exportOptions,
	importOptions,
	replayOptions,
} from './common/recording-options.ts';
import { learnOptions } from './learn/options.ts';

const none = { name: 'argument', least: 0, most: 0 };

/** Every command. Help, usage, flags and the manual page come from here and from the options. */
export const commands: readonly Command[] = [
	command({
		name: 'console',
		usage: '',
		summary: 'the full-screen console (what "modemscope" alone does)',
		options: consoleOptions,
		examples: [
			'modemscope',
			'modemscope --demo',
			'modemscope --replay update.log',
			'modemscope --paste',
		],
		inputs: none,
		listings: async () => (await import('./simulate/listings.ts')).scenarioListings(),
		run: async (_input, flags, output) =>
			(await import('./console.ts')).runConsoleCommand(flags, output),
	}),
	command({
		name: 'watch',
		usage: '',
		summary: 'prints a line when a modem comes, changes or goes on USB; names a boot loop',
		options: watchOptions,
		examples: [
			'modemscope watch',
			'modemscope watch --until-loop --for 2m',
			'modemscope watch --list --json',
		],
		inputs: none,
		run: async (_input, flags, output) => (await import('./watch/watch.ts')).watch(flags, output),
	}),
	command({
		name: 'guard',
		usage: '',
		summary: 'watches a gateway’s modems without a person, and acts as far as a policy allows',
		options: guardOptions,
		examples: [
			'modemscope guard',
			'modemscope guard --policy /etc/modemscope/guard.conf --textfile /var/lib/prometheus/node-exporter/modemscope.prom',
		],
		inputs: none,
		run: async (_input, flags, output) => (await import('./guard.ts')).guardCommand(flags, output),
	}),
	command({
		name: 'at',
		usage: 'COMMAND…',
		summary: 'sends AT commands and prints the answers',
		options: atOptions,
		examples: [
			'modemscope at ATI',
			'modemscope at --catch --yes BOOTHOLD AT!BOOTHOLD',
			'modemscope at --snapshot --entercnd A710 -o before.ndjson',
			'modemscope at --diff before.ndjson after.ndjson',
		],
		inputs: { name: 'COMMAND', least: 0, most: 64 },
		run: async (input, flags, output) => (await import('./at/at.ts')).at(input, flags, output),
	}),
	command({
		name: 'raw',
		usage: 'PORT',
		summary: 'a plain terminal on any port; it goes on when the modem resets',
		options: rawOptions,
		examples: [
			'modemscope raw /dev/ttyUSB1',
			'modemscope raw 3-1:1.3 --timestamps --log modem.log',
		],
		inputs: { name: 'PORT', least: 1, most: 1 },
		listings: async () => (await import('./raw/listings.ts')).keyListings(),
		run: async ([port = ''], flags, output) =>
			(await import('./raw/raw.ts')).raw(port, flags, output),
	}),
	command({
		name: 'inspect',
		usage: 'FILE…',
		summary: 'opens firmware files, checks every CRC, and says whether they fit a modem',
		options: inspectOptions,
		examples: [
			'modemscope inspect RC76xx.spk',
			'modemscope inspect RC76xx.spk --model RC7620 --version 00.03.03.00',
			'modemscope inspect SWI9X30C.cwe SWI9X30C_GENERIC.nvu',
			'modemscope inspect --json *.cwe',
		],
		inputs: { name: 'FILE', least: 1, most: 1000, isFile: true },
		run: async (input, flags, output) => {
			const { inspect } = await import('./inspect/inspect.ts');
			const { json, model, device, version, carrier } = flags;
			const isMatched = [model, device, version, carrier].some((flag) => flag !== undefined);
			// Most have no modem at hand, and need nothing of USB.
			const modem = isMatched
				? await (await import('./inspect/modem.ts')).modemOf(flags)
				: undefined;
			return inspect([...input], { json, columns: output.columns, modem, out: output.out });
		},
	}),
	command({
		name: 'flash',
		usage: 'FILE…',
		summary: 'writes firmware into a modem, and goes on when the connection drops',
		options: flashOptions,
		examples: [
			'modemscope flash RC76xx.spk',
			'modemscope flash RC76xx.spk --yes-flash RC7620',
			'modemscope flash SWI9X30C.cwe SWI9X30C_GENERIC.nvu',
			'modemscope flash rawprogram0.xml patch0.xml --programmer prog_firehose.mbn',
			'modemscope flash --follow',
		],
		inputs: { name: 'FILE', least: 0, most: 8, isFile: true },
		listings: async () => (await import('./flash/listings.ts')).checkListings(),
		run: async (input, flags, output) =>
			(await import('./flash/flash.ts')).flash(input, flags, output),
	}),
	command({
		name: 'leave',
		usage: '',
		summary: 'leaves a held boot loader without a flash: the modem starts its application',
		options: leaveOptions,
		examples: ['modemscope leave', 'modemscope leave --port /dev/ttyUSB0 --yes'],
		inputs: none,
		run: async (_input, flags, output) => (await import('./leave.ts')).leave(flags, output),
	}),
	command({
		name: 'replay',
		usage: 'FILE|-',
		summary: 'prints a recording, or a log of another tool, and what it means',
		options: replayOptions,
		examples: [
			'modemscope replay update.log',
			'dmesg | modemscope replay --summary -',
			'modemscope replay recordings/rc7620-missed-hello-2023-06-01.ndjson',
		],
		inputs: { name: 'FILE', least: 1, most: 1, isFile: true },
		listings: async () => (await import('./recording/listings.ts')).textListings(),
		run: async ([path = ''], { json, summary }, { columns, write }) =>
			(await import('./recording/replay.ts')).replay(path, { json, summary, columns, write }),
	}),
	command({
		name: 'decode',
		usage: 'HEX…|-|FILE',
		summary: 'explains bytes: which message they are, field by field',
		options: decodeOptions,
		examples: [
			'modemscope decode 7e7000001446 7e',
			'modemscope decode capture.bin',
			'xxd dump | modemscope decode -',
		],
		inputs: { name: 'HEX', least: 1, most: 1_000_000 },
		run: async (input, flags, output) =>
			(await import('./decode/decode.ts')).decodeCommand(input, flags, output),
	}),
	command({
		name: 'import',
		usage: 'LOG|- -o FILE',
		summary: 'makes a recording of a log, or of text from several tools',
		options: importOptions,
		examples: [
			'modemscope import update.log -o update.ndjson',
			'dmesg | modemscope import - -o usb.ndjson',
		],
		inputs: { name: 'LOG', least: 1, most: 1, isFile: true },
		listings: async () => (await import('./recording/listings.ts')).textListings(),
		run: async ([path = ''], flags, { out }) =>
			(await import('./recording/import.ts')).importLog(path, flags.output, { out }),
	}),
	command({
		name: 'export',
		usage: 'REC --to pcapng|asciicast|html|text -o FILE',
		summary:
			'writes a recording for Wireshark, as a page, as a screencast, or as text for a ticket',
		options: exportOptions,
		examples: [
			'modemscope export update.log --to pcapng -o update.pcapng',
			'modemscope export update.ndjson --to asciicast --speed 4 -o talk.cast',
			'modemscope export update.ndjson --to text -o - | less',
		],
		inputs: { name: 'REC', least: 1, most: 1, isFile: true },
		listings: async () => (await import('./recording/export.ts')).formatListings(),
		run: async (input, flags, output) =>
			(await import('./recording/export.ts')).exportCommand(input, flags, output),
	}),
	command({
		name: 'compare',
		usage: 'GOOD BAD',
		summary: 'compares two recordings step by step, up to the first difference',
		options: compareOptions,
		examples: ['modemscope compare good.ndjson bad.ndjson'],
		inputs: { name: 'recording', least: 2, most: 2, isFile: true },
		run: async (input, { json }, { columns, out }) =>
			(await import('./recording/compare.ts')).compareRecordings(input, { json, columns, out }),
	}),
	command({
		name: 'case',
		usage: '[REC] -o FILE',
		summary: 'packs a recording with doctor, kernel log and versions, masked, to send',
		options: caseOptions,
		examples: [
			'modemscope case -o gateway-7.case',
			'modemscope case update.ndjson --snapshot -o gateway-7.case',
			'modemscope replay gateway-7.case',
			'modemscope case gateway-7.case --unpack test/fixture',
		],
		inputs: { name: 'REC', least: 0, most: 1, isFile: true },
		run: async (input, flags, output) =>
			(await import('./case/case.ts')).caseCommand(input, flags, output),
	}),
	command({
		name: 'doctor',
		usage: '',
		summary: 'shows what prevents access to the modem, and the command that mends it',
		options: doctorOptions,
		examples: ['modemscope doctor', 'modemscope doctor --device 3-1 --json'],
		inputs: none,
		run: async (_input, flags, output) => (await import('./doctor.ts')).doctor(flags, output),
	}),
	command({
		name: 'simulate',
		usage: 'SCENARIO --socket DIR|--usbip',
		summary: 'runs a simulated modem, in a folder or as a real USB device, to practise on',
		options: simulateOptions,
		examples: [
			'modemscope simulate boot-loop --socket /tmp/modem',
			'modemscope --rehearsal /tmp/modem',
			'sudo modemscope simulate loader --usbip --firmware /tmp/firmware',
		],
		inputs: { name: 'SCENARIO', least: 1, most: 1 },
		listings: async () => (await import('./simulate/listings.ts')).scenarioListings(),
		run: async ([scenario = ''], { speed = 1, ...flags }, { out }) =>
			(await import('./simulate/simulate.ts')).simulate(scenario, { ...flags, speed, out }),
	}),
	command({
		name: 'learn',
		usage: '[LESSON|capstone|FILE…]',
		summary: 'teaches the rescue in eight lessons on simulated modems',
		options: learnOptions,
		examples: [
			'modemscope learn',
			'modemscope learn 4 --name anna',
			'modemscope learn --teacher ~/class/*.ndjson',
			'modemscope learn capstone --socket /tmp/modem',
		],
		inputs: { name: 'LESSON', least: 0, most: 1000 },
		listings: async () => (await import('./learn/listings.ts')).lessonListings(),
		run: async (input, flags, output) =>
			(await import('./learn/learn.ts')).learn(input, flags, output),
	}),
	command({
		name: 'push',
		usage: 'TARGET [ARCHIVE]',
		summary: 'copies the single-file modemscope to a gateway over ssh, and starts it there',
		options: pushOptions,
		examples: ['modemscope push root@gw modemscope-0.1.0-linux-arm64.tar.xz'],
		inputs: { name: 'TARGET', least: 1, most: 2 },
		run: async (input, flags, output) =>
			(await import('./push.ts')).pushCommand(input, flags, output),
	}),
	command({
		name: 'files',
		usage: 'DIR',
		summary: 'writes the man page, completions, udev rules and systemd unit below DIR',
		options: {},
		examples: ['sudo modemscope files /usr/local', 'modemscope files ~/.local'],
		inputs: { name: 'DIR', least: 1, most: 1 },
		run: async ([prefix = ''], _flags, output) =>
			(await import('./files.ts')).files(prefix, output),
	}),
];
