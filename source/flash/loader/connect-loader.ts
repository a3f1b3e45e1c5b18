/** A loader that takes firmware, whatever it takes to get there: nothing is written on the way. */
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { LinkLost } from '../../link/link.ts';
import { openWithRetry } from '../../link/open-with-retry.ts';
import { type RecordedLink, recordTraffic } from '../../link/traffic-recorder.ts';
import { bulkPort } from '../../link/usb-bulk.ts';
import { WriteTimeout, withWriteTimeout } from '../../link/write-timeout.ts';
import { exitCode, Problem } from '../../problem.ts';
import { loaderInterface, loaderNode, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import {
	askForPowerCycle,
	crashDump,
	emergencyLoader,
	loaderWentAway,
	modemDidNotReturn,
	noLoader,
	nothingAnswers,
	stillRefused,
} from '../model/outcomes/loader.ts';
import { enterLoader } from './enter.ts';
import type { Feed } from './feed.ts';
import { type ProbeOptions, probeLoader } from './probe.ts';

/** Seconds for a loader that was reset to enumerate again, and for a person to power cycle it. */
const resetWait = 60;
const personWait = 120;
/** Seconds that the kernel may take to bind a driver to a loader that has come. */
const driverWait = 2;
/** Seconds until a loader whose port is gone is seen to be gone. */
const goneWait = 3;
/** How often each of these is met by one try more; a loader that shows itself at every start goes often. */
const mostTries = { reset: 1, dump: 1, silent: 1, gone: 3 } as const;

export type ConnectOptions = Omit<ProbeOptions, 'feed'> & {
	/** Bytes of an image that an earlier flash may not have sent to it. */
	readonly waitsFor?: number;
};
export type ConnectedLoader = {
	readonly link: RecordedLink;
	readonly protocol: 'firehose' | 'qdl';
};

/**
 * Connects; resets a loader that refuses, and asks the person for a power cycle when none answers,
 * each once, and begins again when it is back. A modem that comes back in its application is sent to
 * its loader again.
 */
export async function connectLoader(
	host: Host,
	usb: PortWatch,
	{ waitsFor = 0, ...options }: ConnectOptions,
	context: FlashContext,
): Promise<ConnectedLoader> {
	const tried = { reset: 0, dump: 0, silent: 0, gone: 0 };
	for (let waits = waitsFor; ; waits = 0) {
		// A programmer that runs there would write firmware raw, over the partitions.
		if (usb.device && modeOf(usb.device) === 'edl') throw emergencyLoader();
		const number = usb.device?.number;
		const found = await tryLoader(host, usb, { ...options, waitsFor: waits }, context);
		if (typeof found === 'object') return found;
		if (tried[found] === mostTries[found]) {
			if (found === 'silent') throw nothingAnswers(context.ways);
			if (found === 'gone') throw loaderWentAway(context.ways);
			throw found === 'dump' ? crashDump(context.ways) : stillRefused(context.ways);
		}
		tried[found] += 1;
		if (found === 'gone')
			note(context, 'the boot loader went away: bringing the modem there again');
		if (found === 'silent') await powerCycled(host, usb, number, context);
		else await afterReset(host, usb, number, context);
	}
}

/** A loader that shows itself at every start, or was left alone too long, goes under our hands. */
async function tryLoader(
	host: Host,
	usb: PortWatch,
	{ waitsFor = 0, ...options }: ConnectOptions,
	context: FlashContext,
): Promise<ConnectedLoader | keyof typeof mostTries> {
	const link = await openUnlessGone(host, usb, context);
	if (!link) return 'gone';
	try {
		const feed = waitsFor > 0 ? zerosOver(link, waitsFor) : undefined;
		const found = await probeLoader(link, context, { ...options, feed });
		if (found === 'firehose' || found === 'qdl') return { link, protocol: found };
		await link.close();
		return found;
	} catch (error) {
		await link.close();
		if (error instanceof LinkLost && !(error instanceof WriteTimeout)) return 'gone';
		throw error;
	}
}

/** The recording keeps how many they are, and not the zeros. */
const zerosOver = (link: RecordedLink, most: number): Feed => ({
	most,
	write: (zeros, offset) =>
		link.writePayload(zeros, { file: 'zeros', offset, length: zeros.length, padding: 0 }),
});

/** Undefined when the loader went before its port was open. */
async function openUnlessGone(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
): Promise<RecordedLink | undefined> {
	const before = usb.device;
	try {
		return await openLoader(host, usb, context);
	} catch (error) {
		if (!(error instanceof Problem) || error.exit !== exitCode.noDevice) throw error;
		const isOther = (device: UsbDevice | undefined) => device?.number !== before?.number;
		if (!before || (await usb.until(isOther, goneWait, context.stop))) return undefined;
		throw error;
	}
}

export async function openLoader(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
): Promise<RecordedLink> {
	const port = await loaderPort(host, usb, context);
	if (port) {
		const opening = openWithRetry(port, host.clock, {
			rehearsal: host.rehearsal,
			longWrites: true,
			signal: context.stop,
		});
		const link = await opening.catch((error: unknown) => {
			stopIfRequested(context);
			throw error;
		});
		return recordTraffic(withWriteTimeout(link, host.clock), context.emit);
	}
	throw noLoader(context.ways);
}

/**
 * The tty, when a driver makes one in time; else the bulk pipes themselves (rule no-driver), as where they
 * are asked for.
 */
async function loaderPort(host: Host, usb: PortWatch, context: FlashContext) {
	if (context.transport === 'usb') {
		const held = usb.device && loaderInterface(usb.device, { isHeld: true });
		return usb.device && held && bulkPort(usb.device.path, held.number);
	}
	const hasTty = (device: UsbDevice | undefined) => !!device && !!loaderNode(device);
	if (usb.device && loaderInterface(usb.device)) await usb.until(hasTty, driverWait);
	const node = usb.device && loaderNode(usb.device);
	if (node) return join(host.dev, node);
	const bare = usb.device && loaderInterface(usb.device);
	if (!usb.device || !bare) return undefined;
	note(context, 'no driver made a tty of the loader: speaking over its bulk endpoints');
	return bulkPort(usb.device.path, bare.number);
}

/** A loader that AT!BOOTHOLD held starts its application at a reset: it is sent there again. */
async function afterReset(
	host: Host,
	usb: PortWatch,
	number: number | undefined,
	context: FlashContext,
): Promise<void> {
	note(context, 'waiting for the modem to enumerate again');
	if (!(await returns(usb, number, resetWait, context))) throw modemDidNotReturn(context.ways);
	await enterLoader(host, usb, context);
}

async function powerCycled(
	host: Host,
	usb: PortWatch,
	number: number | undefined,
	context: FlashContext,
): Promise<void> {
	const asked = askForPowerCycle(context.ways, personWait);
	note(context, asked);
	phase(context, 'connect', 'running', asked);
	const isOther = (device: UsbDevice | undefined) => device?.number !== number;
	const went = await usb.until(isOther, personWait, context.stop);
	if (!went || !(await returns(usb, number, resetWait, context))) {
		stopIfRequested(context);
		throw nothingAnswers(context.ways);
	}
	await enterLoader(host, usb, context);
}

/** Whether a device of another number comes within `seconds`. */
async function returns(
	usb: PortWatch,
	number: number | undefined,
	seconds: number,
	context: FlashContext,
): Promise<boolean> {
	const isNew = (device: UsbDevice | undefined) => device !== undefined && device.number !== number;
	const came = await usb.until(isNew, seconds, context.stop);
	stopIfRequested(context);
	return came;
}
