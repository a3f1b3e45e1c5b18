import { resolve } from 'node:path';
import { type Clock, createClock, isoTime } from '../../clock.ts';
import type { Fact } from '../../events.ts';
import { ownFolder } from '../../own-files.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import type { Backend } from '../../simulator/device/backend.ts';
import { findScenario, type Scenario } from '../../simulator/modem/scenarios.ts';
import { VirtualModem } from '../../simulator/modem/virtual-modem.ts';
import { inFolder, inThisMachine, onPort, type Place, writeImage } from './place.ts';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type SimulateOptions = {
	/** The folder to show the modem in. */
	socket?: string | undefined;
	/** Whether to plug it into this machine. */
	usbip?: boolean;
	/** The TCP port to offer it at. */
	usbipPort?: number | undefined;
	/** The folder for firmware to practise with, where it is not that of `socket`. */
	firmware?: string | undefined;
	speed: number;
	/** The same seed gives the same times. */
	seed?: number | undefined;
	lease?: boolean;
	json?: boolean;
	out: (line: string) => void;
	signal?: AbortSignal;
};

/**
 * Runs a virtual modem in one place until a signal ends it; with `lease`, until nobody uses it any
 * more. Then takes away what it made there.
 */
export async function simulate(
	scenarioName: string,
	{ speed, seed = process.pid, json = false, firmware, out, signal, ...where }: SimulateOptions,
): Promise<ExitCode> {
	const scenario = findScenario(scenarioName);
	if (!Number.isFinite(speed) || speed <= 0) {
		throw new Problem(exitCode.usage, `${speed} is not a speed.`, {
			next: 'give how many times faster than real it runs: 1, 20, 0.5.',
		});
	}
	if (!Number.isSafeInteger(seed)) throw new Problem(exitCode.usage, 'A seed is a whole number.');
	const clock = createClock(speed);
	const say = json ? jsonLines(clock, out) : textLines(clock, out);
	const end = new AbortController();
	const stop = () => end.abort();
	// A modem without ports listens to nothing, and would end with the last thing that is waited for.
	const awake = setInterval(() => {}, 2 ** 30);
	for (const name of endings) process.once(name, stop);
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();

	try {
		const place = await placeOf(where, { scenario, speed, log: say.note });
		try {
			const backend = json ? saying(place.backend, say.fact) : place.backend;
			const modem = new VirtualModem({ scenario, clock, backend, log: say.note, seed });
			say.line(`${scenario.name}: ${scenario.says}`);
			if (firmware !== undefined)
				say.line(`Its firmware is ${await firmwareIn(firmware, scenario)}.`);
			await modem.start();
			say.line(await place.ready());
			await Promise.race([modem.ended, place.unneeded(end.signal)]);
			await modem.stop();
		} finally {
			await place.clear();
		}
	} finally {
		clearInterval(awake);
		for (const name of endings) process.off(name, stop);
		signal?.removeEventListener('abort', stop);
	}
	return exitCode.done;
}

async function firmwareIn(path: string, scenario: Scenario): Promise<string> {
	const folder = resolve(path);
	try {
		ownFolder(folder);
		return await writeImage(folder, scenario);
	} catch (cause) {
		if (cause instanceof Problem) throw cause;
		const { message } = cause as Error;
		throw new Problem(exitCode.noAccess, `The firmware cannot be written: ${message}.`, {
			next: 'name another folder.',
			cause,
		});
	}
}

async function placeOf(
	{ socket, usbip = false, usbipPort, lease = false }: Partial<SimulateOptions>,
	{ scenario, speed, log }: { scenario: Scenario; speed: number; log: (what: string) => void },
): Promise<Place> {
	const named = [socket !== undefined, usbip, usbipPort !== undefined].filter(Boolean).length;
	if (named !== 1) {
		throw new Problem(exitCode.usage, `The modem can be in one place, and ${named} are named.`, {
			next: 'give --socket DIR, --usbip or --usbip-port 3240.',
		});
	}
	if (socket !== undefined) return inFolder(socket, { scenario, speed, lease });
	if (lease) {
		throw new Problem(
			exitCode.usage,
			'--lease needs --socket: only a modem in a folder knows whether it is used.',
			{
				next: 'leave --lease away, or give --socket DIR.',
			},
		);
	}
	if (usbipPort === undefined) return inThisMachine(log);
	if (Number.isInteger(usbipPort) && usbipPort >= 0 && usbipPort <= 65_535) {
		return onPort(usbipPort, log);
	}
	throw new Problem(exitCode.usage, `${usbipPort} is not a TCP port.`, {
		next: 'give one from 1 to 65535, 3240 is the usual one; 0 takes a free one.',
	});
}

type Say = { note(text: string): void; line(text: string): void; fact(fact: Fact): void };

function textLines(clock: Clock, out: (line: string) => void): Say {
	const note = (what: string) => out(`${clock.now().toFixed(1).padStart(8)} s  ${what}`);
	return { note, line: out, fact: () => {} };
}

/** A fact a line, with the modem's seconds and this machine's time. */
function jsonLines(clock: Clock, out: (line: string) => void): Say {
	const fact = (what: Fact) => out(jsonText({ t: clock.now(), at: isoTime(), ...what }));
	const note = (text: string) => fact({ type: 'note', text });
	return { note, line: note, fact };
}

/** Says every coming and going once the host can see it. */
function saying(backend: Backend, fact: (fact: Fact) => void): Backend {
	let gone: (() => void) | undefined;
	return {
		plug: async (device, ports) => {
			await backend.plug(device, ports);
			const { path, vid, pid } = device;
			gone = () => fact({ type: 'usb-went', path, vid, pid });
			fact({ type: 'usb-came', device });
		},
		unplug: async () => {
			await backend.unplug();
			gone?.();
			gone = undefined;
		},
	};
}
