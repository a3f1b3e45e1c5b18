/**
 * Out of a held loader without a flash: the reset that its protocol has. Nothing is written. What of
 * it is proven for which loader stands beside each way, and in docs/flash.md.
 */
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type Link, LinkLost } from '../../link/link.ts';
import type { LoaderProtocol } from '../../modems/product.ts';
import { encode } from '../../protocol/fields.ts';
import { frame } from '../../protocol/framing/hdlc.ts';
import { qdlMessages } from '../../protocol/qdl/qdl.ts';
import { helloTimeout } from '../../protocol/sahara/messages.ts';
import { saharaMessages } from '../../protocol/sahara/sahara.ts';
import { isLoader, modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { openLoader } from '../loader/connect-loader.ts';
import { LoaderPort, type ProbeReply } from '../loader/loader-port.ts';
import { probeTimeout, sdp } from '../loader/probe-sequence.ts';
import { type FlashContext, note } from '../model/context.ts';
import {
	cameBackToLoader,
	didNotComeBack,
	leaveRefused,
	nothingToLeave,
	stoppedLeaving,
} from '../model/outcomes/leave.ts';

export type LeavingProtocol = 'Sahara' | 'Firehose' | 'QDL';

/** What of a reset is proven, for a person. */
export const proven: Readonly<Record<LeavingProtocol, string>> = {
	Sahara:
		'RESET is in Qualcomm’s protocol, and linux-msm/qdl leaves the emergency loader by it; for a Sierra loader it is proven on the simulated one only.',
	Firehose: 'libqmi ends every download so, on Sierra modems too.',
	QDL: 'libqmi ends every download so, on Sierra modems too.',
};

/** Seconds: for the device to go after a reset; for what starts then. */
const goneWait = 6;
const returnWait = 90;
/** A device that came needs this long to show all its interfaces, seconds. */
const interfacesWait = 2;

/** Returns by which reset it went, and what came then. Throws a Problem where it does not leave. */
export async function leaveLoader(
	host: Host,
	usb: PortWatch,
	loaderProtocol: LoaderProtocol | undefined,
	context: FlashContext,
): Promise<{ by: LeavingProtocol; device: UsbDevice }> {
	const before = usb.device;
	if (!before || !isLoader(before)) throw nothingToLeave();
	const link = await openLoader(host, usb, context);
	const isOther = (device: UsbDevice | undefined) => device?.number !== before.number;
	let by: LeavingProtocol | undefined;
	try {
		const reply = await new LoaderPort(link, host.clock).listen(helloTimeout, context.stop);
		for (const protocol of waysOut(reply, loaderProtocol)) {
			if (context.stop.aborted) throw stoppedLeaving();
			note(context, `asking for a reset: ${protocol}`);
			by = protocol;
			await resets[protocol](link, context).catch(ignoreLost);
			if (await usb.until(isOther, goneWait, context.stop)) break;
			by = undefined;
		}
	} catch (error) {
		ignoreLost(error);
	} finally {
		await link.close();
	}
	if (by === undefined) throw leaveRefused(context.ways);
	return { by, device: await whatComes(usb, before, context) };
}

/** What is heard tells the protocol; of a silent loader the chip does, and Sahara's RESET harms no other. */
function waysOut(
	{ kind }: ProbeReply,
	loaderProtocol: LoaderProtocol | undefined,
): readonly LeavingProtocol[] {
	if (kind === 'packet') return ['Sahara'];
	if (kind === 'firehose') return ['Firehose'];
	if (kind === 'frame' || loaderProtocol === 'qdl') return ['QDL', 'Sahara', 'Firehose'];
	return loaderProtocol === 'sahara' ? ['Sahara', 'Firehose'] : ['Sahara', 'QDL', 'Firehose'];
}

type Reset = (link: Link, context: FlashContext) => Promise<unknown>;

const resets: Readonly<Record<LeavingProtocol, Reset>> = {
	Sahara: (link) => link.write(encode(saharaMessages.reset)),
	Firehose: (link, { clock }) => {
		const attributes = { DelayInSeconds: 0, value: 'reset' };
		return new FirehosePort(link, clock).request('power', attributes, { seconds: probeTimeout });
	},
	QDL: async (link, { clock, stop }) => {
		await link.write(sdp.send!);
		await new LoaderPort(link, clock).listen(sdp.seconds, stop);
		await link.write(frame(encode(qdlMessages.reset)));
	},
};

/** A port that goes away is what was asked for. */
function ignoreLost(error: unknown): void {
	if (!(error instanceof LinkLost)) throw error;
}

async function whatComes(
	usb: PortWatch,
	before: UsbDevice,
	{ ways, stop }: FlashContext,
): Promise<UsbDevice> {
	const isNew = (device: UsbDevice | undefined) =>
		device !== undefined && device.number !== before.number;
	const isUp = (device: UsbDevice | undefined) =>
		isNew(device) && device !== undefined && modeOf(device) === 'application';
	if (!(await usb.until(isNew, returnWait, stop))) {
		throw stop.aborted ? stoppedLeaving() : didNotComeBack(returnWait, ways);
	}
	if (!(await usb.until(isUp, interfacesWait, stop))) throw cameBackToLoader(ways);
	return usb.device!;
}
