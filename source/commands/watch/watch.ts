import type { Emit, Event } from '../../events.ts';
import { type ExitCode, exitCode, type Problem } from '../../problem.ts';
import { type Added, ReadModels } from '../../session/read-models.ts';
import { isModem } from '../../usb/device/modes.ts';
import { watchUsb } from '../../usb/scan/watch.ts';
import type { Output } from '../common/command.ts';
import { findUsbHost } from '../common/find-host.ts';
import type { WatchFlags } from '../common/options.ts';
import { findGateway } from './find-gateway.ts';
import { listModems } from './list-devices.ts';
import { UsbLines } from './usb-lines.ts';

/** Prints the USB life of modems until it is told to stop; exit code 9 when it waited for a loop and saw one. */
export async function watch(flags: WatchFlags, output: Output): Promise<ExitCode> {
	const { out, columns } = output;
	const { host, leave, lost } = flags.ssh
		? await findGateway(flags.ssh, flags.rehearsal)
		: await findUsbHost(flags.rehearsal);
	const path = flags.device;
	if (flags.list) {
		return listModems(host, { path, json: flags.json }, output).finally(leave);
	}
	const models = new ReadModels();
	const lines = new UsbLines(host.clock, models.timeline, columns);
	const end = new AbortController();
	let code: ExitCode = exitCode.done;
	const show = (event: Event) => {
		for (const line of flags.json ? [lines.json(event)] : lines.text(event)) out(line);
	};
	const showFindings = ({ findings }: Added) => {
		for (const finding of findings) show(finding);
	};
	const emit: Emit = (source, fact, t = host.clock.now()) => {
		const event: Event = { t, source, ...fact };
		const added = models.add(event);
		show(event);
		showFindings(added);
		if (flags.untilLoop && lines.isLoop(event.t)) {
			code = exitCode.loopSeen;
			end.abort();
		}
	};
	let stopped = false;
	const stop = () => {
		stopped = true;
		end.abort();
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);
	let problem: Problem | undefined;
	void lost?.then((why) => {
		problem = why;
		end.abort();
	});
	const usb = await watchUsb(
		host,
		emit,
		(device) => isModem(device) && (path ?? device.path) === device.path,
	);
	// That nothing happens any more is a symptom too: looked at once a second on the wall.
	const stopPassing = host.clock.every(host.clock.speed, () => {
		showFindings(models.pass(host.clock.now()));
	});
	await host.clock.sleep(flags.for ?? 1e6, end.signal);
	if (flags.untilLoop && code === exitCode.done && !stopped && !problem) {
		output.say(`modemscope: no boot loop was seen in ${flags.for} s.`);
	}
	stopPassing();
	usb.stop();
	leave();
	if (problem && !stopped) throw problem;
	return code;
}
