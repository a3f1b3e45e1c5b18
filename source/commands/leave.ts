import type { Emit, Event, UsbDevice } from '../events.ts';
import { lockHolder } from '../flash/job/device-lock.ts';
import { leaveAlone } from '../flash/job/leave.ts';
import { interruptedFlashes } from '../flash/job/recovery.ts';
import { alreadyRuns } from '../flash/model/outcomes/job.ts';
import { nothingToLeave } from '../flash/model/outcomes/leave.ts';
import { proven } from '../flash/run/leave.ts';
import type { Host } from '../host.ts';
import { type Named, namesModem, namesOf } from '../modems/naming.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { jsonText, sanitize } from '../protocol/text/sanitize.ts';
import { calledOf, modelName } from '../usb/device/model.ts';
import { isLoader, isModem, modeLabel } from '../usb/device/modes.ts';
import { PortWatch } from '../usb/scan/port-watch.ts';
import { listDevices } from '../usb/scan/sysfs.ts';
import { ask } from './common/ask.ts';
import type { Output } from './common/command.ts';
import { timedLines } from './common/event-line.ts';
import { findUsbHost } from './common/find-host.ts';
import { deviceWithPort } from './common/find-port.ts';
import type { LeaveFlags } from './common/options.ts';

/** `modemscope leave`: resets a held loader, so that the modem starts its application. Writes nothing. */
export async function leave(flags: LeaveFlags, output: Output): Promise<ExitCode> {
	const { host, leave: leaveHost } = await findUsbHost(flags.rehearsal);
	try {
		const device = await heldModem(host, flags);
		const running = await lockHolder(host, device.path);
		if (running) throw alreadyRuns(running);
		await warn(host, device, output);
		await demandNamed(device, flags, output);
		await leaveIt(host, device, flags, output);
		return exitCode.done;
	} finally {
		leaveHost();
	}
}

/** The one that was named, or the first that holds. */
async function heldModem(host: Host, { device: path, port }: LeaveFlags): Promise<UsbDevice> {
	if (port !== undefined) return deviceWithPort(host, port);
	const devices = [...(await listDevices(host.sysfs, host.dev)).values()];
	const modems = devices.filter((one) => (path ? one.path === path : isModem(one)));
	const found = modems.find(isLoader) ?? modems[0];
	if (!found) {
		throw new Problem(exitCode.noDevice, `No modem is there${path ? ` at ${path}` : ''}.`, {
			next: 'look with "modemscope watch".',
		});
	}
	if (!isLoader(found)) throw nothingToLeave();
	return found;
}

/** What is lost by leaving: a modem that is half written may not start, and a loader is not caught easily. */
async function warn(host: Host, device: UsbDevice, { say }: Output): Promise<void> {
	const left = (await interruptedFlashes(host)).find(({ job }) => job.path === device.path);
	if (!left) return;
	say(`modemscope: ${left.says} ${left.modem}`);
	say('modemscope: to go on with it instead: modemscope flash --continue');
}

async function demandNamed(device: UsbDevice, flags: LeaveFlags, { say }: Output): Promise<void> {
	if (flags.yes) return;
	const { model, families } = calledOf(device);
	const named: Named = { model, families: families?.map(({ name }) => name) };
	say(sanitize(`${device.path}  ${model}, ${modeLabel(device)}: a reset starts its application.`));
	const question = `Type the model to leave its loader (${sanitize(namesOf(named))}): `;
	const typed = flags.json ? undefined : await ask(question);
	if (typed !== undefined && namesModem(typed, named)) return;
	throw new Problem(
		exitCode.usage,
		typed === undefined
			? 'Leaving a loader must be asked for.'
			: `"${sanitize(typed)}" is not ${sanitize(namesOf(named))}. Nothing was sent.`,
		{ next: 'add --yes' },
	);
}

async function leaveIt(
	host: Host,
	device: UsbDevice,
	{ json }: LeaveFlags,
	{ out }: Output,
): Promise<void> {
	const { clock } = host;
	const emit: Emit = (source, fact, t = clock.now()) => {
		const event: Event = { t, source, ...fact };
		for (const line of json ? [jsonText(event)] : timedLines(event)) out(line);
	};
	const stop = new AbortController();
	const onSignal = () => stop.abort();
	process.once('SIGINT', onSignal);
	const context = { clock, emit, stop: stop.signal };
	const usb = await PortWatch.start(host, device.path, emit);
	try {
		const { by, device: now } = await leaveAlone(host, usb, device, undefined, context);
		if (json) out(jsonText({ type: 'left', by, path: now.path, mode: modeLabel(now) }));
		else {
			out(`Left by ${by}: ${modelName(now) ?? 'its application'} came, ${modeLabel(now)}.`);
			out(`How sure that is: ${proven[by]}`);
		}
	} finally {
		process.off('SIGINT', onSignal);
		usb.stop();
	}
}
