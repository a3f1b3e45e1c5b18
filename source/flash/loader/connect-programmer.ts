/** A programmer that takes partitions: nothing is written on the way. */
import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import type { Host } from '../../host.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import { isLoader, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { type FlashContext, note, stopIfRequested } from '../model/context.ts';
import { noEmergencyLoader, programmerDidNotCome } from '../model/outcomes/programmer.ts';
import { openLoader } from './connect-loader.ts';
import { sendProgrammer } from './programmer.ts';

/** Seconds for a programmer to enumerate by itself. */
const enumerateWait = 60;

/** Starts the programmer, and follows it when it enumerates anew. */
export async function connectProgrammer(
	host: Host,
	usb: PortWatch,
	programmer: PlainFile,
	context: FlashContext,
): Promise<RecordedLink> {
	const { device } = usb;
	if (!device || modeOf(device) !== 'edl') throw noEmergencyLoader();
	const link = await openLoader(host, usb, context);
	const ended = await sendProgrammer(link, programmer, context).catch(async (error: unknown) => {
		await link.close();
		throw error;
	});
	if (ended === 'here') return link;
	await link.close();
	note(context, 'the port went away: waiting for the programmer to enumerate');
	const isNext = (now: typeof usb.device) => now?.number !== device.number && isLoader(now);
	const came = await usb.until(isNext, enumerateWait, context.stop);
	stopIfRequested(context);
	if (!came) {
		throw programmerDidNotCome();
	}
	return openLoader(host, usb, context);
}
