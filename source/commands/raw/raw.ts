import { setTimeout as sleep } from 'node:timers/promises';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { findRawPlace, type RawPlace, rawMeaning, rawWord } from '../../session/raw/raw-place.ts';
import { RawPort } from '../../session/raw/raw-port.ts';
import { clockNow, logName, RawTerminal } from '../../session/raw/raw-terminal.ts';
import { ask } from '../common/ask.ts';
import type { Output } from '../common/command.ts';
import { demandUsb, findHost } from '../common/find-host.ts';
import type { RawFlags } from '../common/options.ts';
import { openRecord } from '../common/record.ts';

/** What is still waited for after the end of piped input, seconds. */
const lastWait = 2;

/** `modemscope raw PORT`: a plain terminal on any port. What is typed goes to the modem as it is. */
export async function raw(typed: string, flags: RawFlags, output: Output): Promise<ExitCode> {
	const found = await findHost(flags.rehearsal);
	try {
		const place = await findRawPlace(found.host, typed);
		if (place.usb) demandUsb(found.host);
		await demandAgreed(place, typed, flags, output);
		const record = openRecord(found, { output: flags.output, json: false }, output, {
			name: 'raw',
			title: `Raw port ${typed}`,
		});
		try {
			return await talk(found.host, place, record.emit, flags, output);
		} finally {
			await record.close();
		}
	} finally {
		found.leave();
	}
}

/** Says plainly what it means, and asks once. */
async function demandAgreed(
	place: RawPlace,
	typed: string,
	{ yes }: RawFlags,
	{ say }: Output,
): Promise<void> {
	for (const sentence of rawMeaning(place, typed)) say(sentence);
	if (yes) return;
	const answer = await ask(`Type ${rawWord} to open it: `);
	if (answer?.trim() === rawWord) return;
	throw new Problem(
		exitCode.usage,
		answer === undefined ? 'A raw port must be asked for.' : 'It was not opened.',
		{ modem: 'Nothing was sent.', next: 'add --yes, or type raw.' },
	);
}

async function talk(
	host: Host,
	place: RawPlace,
	emit: Emit,
	flags: RawFlags,
	output: Output,
): Promise<ExitCode> {
	const stop = new AbortController();
	const quit = () => stop.abort();
	const terminal = new RawTerminal({
		send: (bytes) => port.write(bytes),
		sendBreak: () => port.sendBreak(),
		show: (text) => void (text !== '' && output.write(text)),
		say: (sentence) => output.say(`modemscope: ${sentence}`),
		quit,
		clear: () => void output.write('\x1b[2J\x1b[H'),
		time: clockNow,
		logName,
	});
	terminal.text.isHex = flags.hex;
	terminal.text.hasTimes = flags.timestamps;
	// A port that is open keeps the process running.
	if (flags.log !== undefined) terminal.startLog(flags.log);
	const port: RawPort = await RawPort.open(host, place, emit, {
		came: (bytes) => terminal.came(bytes),
		says: (sentence) => terminal.say(sentence),
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
	if (flags.for !== undefined) void host.clock.sleep(flags.for, stop.signal).then(quit);
	const { stdin } = process;
	const typed = (bytes: Buffer) => void terminal.typed(bytes);
	try {
		if (port.node !== undefined)
			terminal.say(`${port.node} is open. Ctrl-T q quits, Ctrl-T ? shows the keys.`);
		if (stdin.isTTY) stdin.setRawMode(true);
		// A pipe has said all; what the modem answers may take a while.
		else if (flags.for === undefined)
			stdin.once(
				'end',
				() => void sleep(lastWait * 1000, undefined, { signal: stop.signal }).then(quit, quit),
			);
		stdin.on('data', typed).resume();
		await port.run(stop.signal);
	} finally {
		stdin.off('data', typed).pause();
		if (stdin.isTTY) stdin.setRawMode(false);
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, quit);
		terminal.end();
	}
	return exitCode.done;
}
