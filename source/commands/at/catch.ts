import { constants, setPriority } from 'node:os';
import { type ArmedAction, commandAction, scriptAction } from '../../at/armed/actions.ts';
import { Armed } from '../../at/armed/armed.ts';
import { watchAtNodes } from '../../at/armed/window.ts';
import { warmUp } from '../../at/port.ts';
import type { Emit } from '../../events.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { isModem } from '../../usb/device/modes.ts';
import { watchUsb } from '../../usb/scan/watch.ts';
import type { AtRun } from './run.ts';

/** Seconds that a window is waited for. */
export const windowWait = 120;

/** Arms what is to be sent for the next window; the first modem that shows itself is the one. */
export async function catchWindow(run: AtRun): Promise<ExitCode> {
	const { flags, host, emit, output } = run;
	goFirst();
	await warmUp(host);
	const done = new AbortController();
	const waiting = actionsOf(run);
	let path = flags.device;
	let armed: Armed | undefined;
	let caught = false;
	const armNext = (at: string) => {
		const action = waiting.shift();
		armed = action && new Armed(host, at, action, emit, () => armNext(at));
		if (action) return;
		caught = true;
		done.abort();
	};
	const meet = (at: string) => {
		if (path !== undefined) return;
		path = at;
		armNext(at);
	};
	const see: Emit = (source, fact, t) => {
		emit(source, fact, t);
		if (fact.type !== 'usb-came' && fact.type !== 'usb-changed') return;
		meet(fact.device.path);
		armed?.offer(fact.device, t);
	};
	const stop = () => done.abort();
	process.once('SIGINT', stop).once('SIGTERM', stop);
	if (path !== undefined) armNext(path);
	// Named or not, the first window counts: its port is seen before the device is whole.
	const stopNodes = watchAtNodes(host, path, (device) => {
		if (!isModem(device)) return;
		meet(device.path);
		armed?.opens(device);
	});
	const usb = await watchUsb(host, see, isModem);
	const seconds = flags.for ?? windowWait;
	if (!caught) output.say(waitingFor(path, seconds));
	await host.clock.sleep(seconds, done.signal);
	stopNodes();
	usb.stop();
	process.off('SIGINT', stop).off('SIGTERM', stop);
	if (caught) return exitCode.done;
	throw noPortInTime();
}

export const noPortInTime = () =>
	new Problem(exitCode.noDevice, 'No AT port answered in time.', {
		next: 'look with "modemscope watch" whether the modem shows itself at all.',
	});

export const waitingFor = (path: string | undefined, seconds: number) =>
	`modemscope: waiting ${seconds} s for the AT port of ${path === undefined ? 'a modem' : `the modem at ${path}`}. Ctrl-C ends it.`;

/** A busy machine lets others run first, for longer than a window may be; root may say who goes first. */
function goFirst(): void {
	try {
		setPriority(constants.priority.PRIORITY_HIGHEST);
	} catch {
		// Others who are not root take their turn.
	}
}

/** Each command in its own window, or a script in one. */
function actionsOf({ steps, lines, flags, host, password }: AtRun): ArmedAction[] {
	if (flags.script !== undefined) return [scriptAction(flags.script, steps, host)];
	return lines.map((line) => commandAction(line, host, password));
}
