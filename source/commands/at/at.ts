import { readFile } from 'node:fs/promises';
import { readScript, runScript, type Step } from '../../at/armed/script.ts';
import { attemptsLeft, usesAttempt } from '../../at/attempts.ts';
import { questionsOf, requireConsent } from '../../at/consent.ts';
import { findAtPort, withAtChannel } from '../../at/port.ts';
import { readState, sendWithSnapshot } from '../../at/read-state.ts';
import { explained } from '../../at/results.ts';
import { enterCnd, wantsEnterCnd } from '../../at/unlock.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { isModem } from '../../usb/device/modes.ts';
import { watchUsb } from '../../usb/scan/watch.ts';
import type { Output } from '../common/command.ts';
import { demandUsb, findHost } from '../common/find-host.ts';
import type { AtFlags } from '../common/options.ts';
import { openRecord } from '../common/record.ts';
import { catchWindow } from './catch.ts';
import { catchOverSsh } from './catch-ssh.ts';
import { diffRecordings } from './diff.ts';
import type { AtRun } from './run.ts';

/** Sends AT commands one after the other; exit code 1 when one was not answered with OK. */
export async function at(
	input: readonly string[],
	flags: AtFlags,
	output: Output,
): Promise<ExitCode> {
	if (flags.diff) return diffRecordings(input, flags.json, output);
	const steps = await stepsOf(input, flags);
	const password = flags.entercnd;
	if (password !== undefined) enterCnd(password);
	const lines = steps.flatMap((step) => ('line' in step ? [step.line] : []));
	requireConsent(lines, flags.yes);
	const { ssh } = flags;
	if (ssh !== undefined) return catchOverSsh(ssh, lines, flags, output);
	const found = await findHost(flags.rehearsal);
	try {
		if (flags.port === undefined) demandUsb(found.host);
		const record = openRecord(found, flags, output, {
			name: 'at',
			title: 'AT commands',
			always: lines.some((line) => questionsOf(line).length > 0),
		});
		const run = { steps, lines, flags, output, password, host: found.host, emit: record.emit };
		const sent = flags.catch ? catchWindow(run) : sendNow(run);
		return await sent.finally(() => record.close());
	} finally {
		found.leave();
	}
}

async function stepsOf(input: readonly string[], flags: AtFlags): Promise<Step[]> {
	const path = flags.script;
	const alone = [path !== undefined, flags.snapshot, input.length > 0];
	if (alone.every((given) => !given) && flags.yes.some((word) => /^at/i.test(word))) {
		throw new Problem(
			exitCode.usage,
			'--yes needs the name of the command, and then the command.',
			{
				modem: 'Nothing was sent.',
				next: 'modemscope at --yes BOOTHOLD AT!BOOTHOLD.',
			},
		);
	}
	const given = alone.filter(Boolean).length;
	if (given !== 1 || (flags.snapshot && flags.catch)) {
		const what = given === 0 ? 'There is nothing to send.' : 'That is too much at once.';
		const next = `give ${given === 0 ? '' : 'one of these: '}commands, --script FILE, or --snapshot without --catch.`;
		throw new Problem(exitCode.usage, what, { next });
	}
	if (path !== undefined) {
		const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
			throw new Problem(exitCode.usage, `The script ${path} cannot be read: ${error.code}.`);
		});
		return readScript(text);
	}
	return input.map((line) => ({ does: 'send', line }));
}

async function sendNow(run: AtRun): Promise<ExitCode> {
	const { steps, flags, output, password, host, emit } = run;
	const port = flags.port ?? (await findAtPort(host, await firstModem(flags, host), emit));
	return withAtChannel(host, port, emit, async (channel) => {
		if (flags.snapshot) {
			const answers = await readState(channel, password);
			const answered = answers.some(({ answer }) => answer.result === 'OK');
			if (password === undefined && answers.some((one) => wantsEnterCnd(one.command, one.answer)))
				output.say('modemscope: some commands need a password: add --entercnd A710.');
			return answered ? exitCode.done : exitCode.failed;
		}
		if (flags.script !== undefined) {
			const result = await runScript(channel, steps, host.clock);
			if (result !== 'OK') output.say(`modemscope: the script ended early: ${explained(result)}.`);
			return result === 'OK' ? exitCode.done : exitCode.failed;
		}
		const results: string[] = [];
		for (const line of run.lines) {
			if (usesAttempt(line)) output.say(`modemscope: ${await attemptsLeft(channel)}`);
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
				output.say(`modemscope: ${line} may need a password: add --entercnd A710.`);
			results.push(answer.result);
		}
		return results.every((result) => result === 'OK') ? exitCode.done : exitCode.failed;
	});
}

async function firstModem(flags: AtFlags, host: Host) {
	const usb = await watchUsb(host, () => {}, isModem);
	usb.stop();
	const path = flags.device;
	return [...usb.devices().values()].find((device) => (path ?? device.path) === device.path);
}
