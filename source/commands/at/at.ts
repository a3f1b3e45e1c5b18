import { readFile } from 'node:fs/promises';
import { readScript, runScript, type Step } from '../../at/armed/script.ts';
import { asksFirst, changesKept, lookUp } from '../../at/catalogue.ts';
import { checkLine } from '../../at/line.ts';
import { findAtPort, withAtChannel } from '../../at/port.ts';
import { readState, sendWithSnapshot } from '../../at/read-state.ts';
import { explained } from '../../at/results.ts';
import { enterCnd, wantsEnterCnd } from '../../at/unlock.ts';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { isModem } from '../../usb/device/modes.ts';
import { watchUsb } from '../../usb/scan/watch.ts';
import type { Flags, Output } from '../command.ts';
import { findHost } from '../find-host.ts';
import { catchWindow } from './catch.ts';
import { diffRecordings } from './diff.ts';
import { openRecord } from './record.ts';

/** Sends AT commands one after the other; exit code 1 when one was not answered with OK. */
export async function at(
	input: readonly string[],
	flags: Flags,
	output: Output,
): Promise<ExitCode> {
	if (flags.has('diff')) return diffRecordings(input, flags.has('json'), output);
	const steps = await stepsOf(input, flags);
	const password = flags.text('entercnd');
	if (password !== undefined) enterCnd(password);
	const lines = steps.flatMap((step) => ('line' in step ? [step.line] : []));
	if (!flags.has('yes')) refuseUnasked(lines);
	const found = await findHost(flags.text('rehearsal'));
	const record = openRecord(found, flags, output, lines.some(changesKept));
	const run = { steps, lines, flags, output, password, host: found.host, emit: record.emit };
	try {
		return flags.has('catch') ? await catchWindow(run) : await sendNow(run);
	} finally {
		await record.close();
		found.leave();
	}
}

export type AtRun = {
	readonly steps: readonly Step[];
	/** The AT lines among the steps. */
	readonly lines: readonly string[];
	readonly flags: Flags;
	readonly output: Output;
	readonly password: string | undefined;
	readonly host: Host;
	readonly emit: Emit;
};

async function stepsOf(input: readonly string[], flags: Flags): Promise<Step[]> {
	const path = flags.text('script');
	const alone = [path !== undefined, flags.has('snapshot'), input.length > 0];
	if (alone.filter(Boolean).length !== 1 || (flags.has('snapshot') && flags.has('catch'))) {
		throw new Problem(exitCode.usage, 'There is nothing to send, or too much at once.', {
			next: 'give commands, or --script FILE, or --snapshot alone.',
		});
	}
	if (path !== undefined) {
		const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
			throw new Problem(exitCode.usage, `The script ${path} cannot be read: ${error.code}.`);
		});
		return readScript(text);
	}
	for (const line of input) checkLine(line);
	return input.map((line) => ({ does: 'send', line }));
}

function refuseUnasked(lines: readonly string[]): void {
	const line = lines.find(asksFirst);
	if (line === undefined) return;
	const known = lookUp(line);
	throw new Problem(
		exitCode.usage,
		`${line}: ${known?.risk ?? 'it does again what was done last.'}`,
		{ modem: 'Nothing was sent.', next: 'add --yes to send it all the same.' },
	);
}

async function sendNow(run: AtRun): Promise<ExitCode> {
	const { steps, flags, output, password, host, emit } = run;
	const port = flags.text('port') ?? (await findAtPort(host, await firstModem(flags, host), emit));
	return withAtChannel(host, port, emit, async (channel) => {
		if (flags.has('snapshot')) {
			const answers = await readState(channel, password);
			const answered = answers.some(({ answer }) => answer.result === 'OK');
			if (password === undefined && answers.some((one) => wantsEnterCnd(one.command, one.answer)))
				output.say('modemscope: some of it wants a password: add --entercnd A710.');
			return answered ? exitCode.done : exitCode.failed;
		}
		if (flags.text('script') !== undefined) {
			const result = await runScript(channel, steps, host.clock);
			if (result !== 'OK') output.say(`modemscope: the script ended early: ${explained(result)}.`);
			return result === 'OK' ? exitCode.done : exitCode.failed;
		}
		const results: string[] = [];
		for (const line of run.lines) {
			const { answer } = await sendWithSnapshot(channel, line, password);
			if (!answer) {
				throw new Problem(
					exitCode.refusedBeforeWrite,
					'The state of the modem could not be read.',
					{
						modem: `${line} was not sent.`,
						next: 'see whether ATI is answered, and try it again then.',
					},
				);
			}
			if (password === undefined && wantsEnterCnd(line, answer))
				output.say(`modemscope: ${line} may want a password: add --entercnd A710.`);
			results.push(answer.result);
		}
		return results.every((result) => result === 'OK') ? exitCode.done : exitCode.failed;
	});
}

async function firstModem(flags: Flags, host: Host) {
	const usb = await watchUsb(host, () => {}, isModem);
	usb.stop();
	const path = flags.text('device');
	return [...usb.devices().values()].find((device) => (path ?? device.path) === device.path);
}
