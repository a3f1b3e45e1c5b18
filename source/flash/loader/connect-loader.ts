/** A loader that takes firmware, whatever it takes to get there: nothing is written on the way. */
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { LinkLost } from '../../link/link.ts';
import { openWithRetry } from '../../link/open-with-retry.ts';
import { type RecordedLink, recordTraffic } from '../../link/traffic-recorder.ts';
import { bulkPort } from '../../link/usb-bulk.ts';
import { WriteTimeout, withWriteTimeout } from '../../link/write-timeout.ts';
import { isLoader, loaderInterface, loaderNode, modeOf } from '../../usb/device/modes.ts';
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
 * each once, and begins again when it is back.
 */
export async function connectLoader(
	host: Host,
	usb: PortWatch,
	{ waitsFor = 0, ...options }: ConnectOptions,
	context: FlashContext,
): Promise<ConnectedLoader> {
	const tried = new Set<string>();
	for (;;) {
		// A programmer that runs there would write firmware raw, over the partitions.
		if (usb.device && modeOf(usb.device) === 'edl') throw emergencyLoader();
		const link = await openLoader(host, usb, context);
		const feed = tried.size === 0 && waitsFor > 0 ? zerosOver(link, waitsFor) : undefined;
		const asked = { ...options, feed };
		const found = await probeLoader(link, context, asked).catch(async (error: unknown) => {
			await link.close();
			// One that shows itself at every start, or was left alone too long, goes under our hands.
			if (error instanceof LinkLost && !(error instanceof WriteTimeout)) return 'gone' as const;
			throw error;
		});
		if (found === 'firehose' || found === 'qdl') return { link, protocol: found };
		await link.close();
		if (tried.has(found)) {
			if (found === 'silent') throw nothingAnswers(context.ways);
			if (found === 'gone') throw loaderWentAway(context.ways);
			throw found === 'dump' ? crashDump(context.ways) : stillRefused(context.ways);
		}
		tried.add(found);
		if (found === 'gone')
			note(context, 'the boot loader went away: bringing the modem there again');
		if (found === 'silent') await powerCycled(usb, context);
		else await afterReset(host, usb, context);
	}
}

/** The recording keeps how many they are, and not the zeros. */
const zerosOver = (link: RecordedLink, most: number): Feed => ({
	most,
	write: (zeros, offset) =>
		link.writePayload(zeros, { file: 'zeros', offset, length: zeros.length, padding: 0 }),
});

export async function openLoader(
	host: Host,
	usb: PortWatch,
	context: FlashContext,
): Promise<RecordedLink> {
	const port = await loaderPort(host, usb, context);
	if (port) {
		const opening = openWithRetry(port, host.clock, {
			rehearsal: host.rehearsal,
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

/** Whether the device goes within `seconds`, and a loader comes after it. */
async function comesAgain(usb: PortWatch, seconds: number, { stop }: FlashContext) {
	const number = usb.device?.number;
	const isOther = (device: UsbDevice | undefined) => device?.number !== number;
	if (!(await usb.until(isOther, seconds, stop))) return false;
	return usb.until(isLoader, resetWait, stop);
}

/** A loader that AT!BOOTHOLD held starts its application at a reset: it is sent there again. */
async function afterReset(host: Host, usb: PortWatch, context: FlashContext): Promise<void> {
	note(context, 'waiting for the modem to enumerate again');
	const number = usb.device?.number;
	const came = await usb.until(
		(device) => device !== undefined && device.number !== number,
		resetWait,
		context.stop,
	);
	stopIfRequested(context);
	if (came) return void (await enterLoader(host, usb, context));
	throw modemDidNotReturn(context.ways);
}

async function powerCycled(usb: PortWatch, context: FlashContext): Promise<void> {
	const asked = askForPowerCycle(context.ways, personWait);
	note(context, asked);
	phase(context, 'connect', 'running', asked);
	const came = await comesAgain(usb, personWait, context);
	stopIfRequested(context);
	if (!came) throw nothingAnswers(context.ways);
}
