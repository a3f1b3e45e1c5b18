import { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Finding } from '../diagnosis/rule.ts';
import type { Emit, Event } from '../events.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { isModem } from '../usb/modes.ts';
import { Timeline } from '../usb/timeline.ts';
import { hasUsb, watchUsb } from '../usb/watch.ts';
import type { Flags, Output } from './command.ts';
import { eventLine } from './event-line.ts';
import { findHost } from './find-host.ts';

/** Prints the USB life of modems until it is told to stop; exit code 9 when it waited for a loop and saw one. */
export async function watch(
	_input: readonly string[],
	flags: Flags,
	{ out }: Output,
): Promise<ExitCode> {
	const { host, leave } = await findHost(flags.text('rehearsal'));
	const path = flags.text('device');
	const timeline = new Timeline();
	const diagnosis = new Diagnosis();
	const end = new AbortController();
	let code: ExitCode = exitCode.done;
	const show = (event: Event) => {
		const line = flags.has('json') ? JSON.stringify(event) : eventLine(event);
		if (line !== undefined)
			out(flags.has('json') ? line : `${event.t.toFixed(3).padStart(9)}  ${line}`);
	};
	const find = (findings: readonly Finding[], t: number) => {
		for (const finding of findings) show({ ...finding, t, source: 'diagnosis' });
	};
	const emit: Emit = (source, fact) => {
		const event: Event = { t: host.clock.now(), source, ...fact };
		timeline.add(event);
		show(event);
		find(diagnosis.add(event), event.t);
		if (flags.has('untilLoop') && timeline.lives(event.t).some(({ loop }) => loop)) {
			code = exitCode.loopSeen;
			end.abort();
		}
	};
	if (!hasUsb(host)) {
		leave();
		throw new Problem(exitCode.noDevice, 'This machine shows no USB: /sys/bus/usb is not there.', {
			next: 'run modemscope on the machine that the modem is plugged into, or try --demo.',
		});
	}
	const stop = () => end.abort();
	process.once('SIGINT', stop).once('SIGTERM', stop);
	const usb = await watchUsb(
		host,
		emit,
		(device) => isModem(device) && (path ?? device.path) === device.path,
	);
	// That nothing happens any more is a symptom too: looked at once a second on the wall.
	const stopPassing = host.clock.every(host.clock.speed, () => {
		const now = host.clock.now();
		find(diagnosis.pass(now), now);
	});
	await host.clock.sleep(flags.number('for') ?? 1e6, end.signal);
	stopPassing();
	usb.stop();
	leave();
	return code;
}
