import { Armed } from '../at/armed.ts';
import { asksFirst, lookUp } from '../at/catalogue.ts';
import { findAtPort, withAtChannel } from '../at/port.ts';
import type { Emit, Event } from '../events.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { isModem } from '../usb/modes.ts';
import { watchUsb } from '../usb/watch.ts';
import type { Flags, Output } from './command.ts';
import { eventLine } from './event-line.ts';
import { type FoundHost, findHost } from './find-host.ts';

/** Seconds that an answer may take, and that a window is waited for. */
const answerWait = 10;
const windowWait = 120;

/** Sends AT commands one after the other; exit code 1 when one was not answered with OK. */
export async function at(
	input: readonly string[],
	flags: Flags,
	output: Output,
): Promise<ExitCode> {
	const dangerous = input.find(asksFirst);
	if (dangerous && !flags.has('yes')) {
		throw new Problem(
			exitCode.usage,
			`${dangerous}: ${lookUp(dangerous)?.risk ?? 'it changes the modem.'}`,
			{
				next: 'add --yes to send it all the same.',
			},
		);
	}
	const found = await findHost(flags.text('rehearsal'));
	const show = printer(flags.has('json'), output);
	const emit: Emit = (source, fact) => show({ t: found.host.clock.now(), source, ...fact });
	try {
		return flags.has('catch')
			? await sendInWindow(input, flags, found, emit)
			: await sendNow(input, flags, found, emit);
	} finally {
		found.leave();
	}
}

/** A person reads commands and answers; a machine gets every event. */
function printer(json: boolean, { out }: Output): (event: Event) => void {
	return (event) => {
		if (json) out(JSON.stringify(event));
		else if (event.source === 'at')
			out(`${event.t.toFixed(3).padStart(9)}  ${eventLine(event) ?? ''}`);
	};
}

async function sendNow(
	input: readonly string[],
	flags: Flags,
	{ host }: FoundHost,
	emit: Emit,
): Promise<ExitCode> {
	const port = flags.text('port') ?? (await findAtPort(host, await firstModem(flags, host), emit));
	const results = await withAtChannel(host, port, emit, async (channel) => {
		const said: string[] = [];
		for (const line of input) said.push((await channel.send(line, answerWait)).result);
		return said;
	});
	return results.every((result) => result === 'OK') ? exitCode.done : exitCode.failed;
}

async function firstModem(flags: Flags, host: FoundHost['host']) {
	const usb = await watchUsb(host, () => {}, isModem);
	usb.stop();
	const path = flags.text('device');
	return [...usb.devices().values()].find((device) => (path ?? device.path) === device.path);
}

/** Arms each command in turn for the next window; the first modem that shows itself is the one. */
async function sendInWindow(
	input: readonly string[],
	flags: Flags,
	{ host }: FoundHost,
	emit: Emit,
): Promise<ExitCode> {
	const done = new AbortController();
	const waiting = [...input];
	let path = flags.text('device');
	let armed: Armed | undefined;
	let caught = false;
	const armNext = (at: string) => {
		const command = waiting.shift();
		if (command === undefined) {
			caught = true;
			done.abort();
			return;
		}
		armed = new Armed(host, at, command, emit, () => armNext(at));
	};
	const see: Emit = (source, fact) => {
		emit(source, fact);
		if (fact.type !== 'usb-came' && fact.type !== 'usb-changed') return;
		path ??= fact.device.path;
		if (!armed && path === fact.device.path) armNext(path);
		armed?.offer(fact.device);
	};
	const stop = () => done.abort();
	process.once('SIGINT', stop).once('SIGTERM', stop);
	const usb = await watchUsb(host, see, isModem);
	await host.clock.sleep(flags.number('for') ?? windowWait, done.signal);
	usb.stop();
	if (caught) return exitCode.done;
	throw new Problem(exitCode.noDevice, 'No AT port answered in time.', {
		next: 'look with "modemscope watch" whether the modem shows itself at all.',
	});
}
