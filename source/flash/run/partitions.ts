/** The whole flash of partitions by a maker's programmer: to Firehose, the writing, the restart. */
import type { FirmwarePackage } from '../../firmware/package/quectel.ts';
import type { PartitionSet } from '../../firmware/partitions/partition-set.ts';
import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import type { Host } from '../../host.ts';
import { modeOf } from '../../usb/device/modes.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { downloadPartitions } from '../download/partitions.ts';
import { openLoader } from '../loader/connect-loader.ts';
import { connectProgrammer } from '../loader/connect-programmer.ts';
import { type FlashContext, phase } from '../model/context.ts';
import {
	emergencyLoaderIsBack,
	nothingAppeared,
	partitionsCheckStopped,
	partitionsDone,
	partitionsResetSoonAfter,
	programmerStillHolds,
} from '../model/outcomes/restart.ts';
import type { ResumeMode } from '../model/resume.ts';
import { finish } from './finish.ts';

/** What a programmer is started for, and the maker's package where they came in one. */
export type Partitions = {
	readonly programmer: PlainFile;
	readonly set: PartitionSet;
	readonly firmwarePackage?: FirmwarePackage;
};

/** Seconds for the programmer to leave, and for what was written to start. */
const leaveWait = 60;
const startWait = 240;

/** Returns how it ended well, one sentence. Throws a Problem when it did not. */
export async function flashPartitions(
	host: Host,
	usb: PortWatch,
	{ programmer, set }: Partitions,
	way: ResumeMode,
	settle: number,
	context: FlashContext,
): Promise<string> {
	if (way === 'verify') phase(context, 'reboot', 'running', 'it was restarted before');
	else {
		const link = await (way === 'reset'
			? openLoader(host, usb, context)
			: connectProgrammer(host, usb, programmer, context));
		const write = way === 'reset' ? finish(link, context) : downloadPartitions(link, set, context);
		await write.finally(() => link.close());
	}
	return verifyRestart(usb, settle, context);
}

/** Whose firmware it is is not known: that it starts and stays is all that can be seen. */
async function verifyRestart(
	usb: PortWatch,
	settle: number,
	context: FlashContext,
): Promise<string> {
	const { ways } = context;
	const seen = async (...[want, seconds]: Parameters<PortWatch['until']>) => {
		const came = await usb.until(want, seconds, context.stop);
		if (!came && context.stop.aborted) throw partitionsCheckStopped(ways);
		return came;
	};
	if (!(await seen((device) => !device || modeOf(device) !== 'edl', leaveWait))) {
		throw programmerStillHolds(ways, leaveWait);
	}
	if (!(await seen((device) => device !== undefined, startWait))) {
		throw nothingAppeared(ways, startWait);
	}
	const appeared = usb.device;
	if (!appeared || modeOf(appeared) === 'edl') {
		throw emergencyLoaderIsBack(ways);
	}
	const id = `${appeared.vid}:${appeared.pid}`;
	phase(context, 'reboot', 'done', `it came back as ${id}`);
	phase(context, 'check', 'running', `watching for ${settle} s that ${id} stays up`);
	if (await seen((device) => device?.number !== appeared.number, settle)) {
		throw partitionsResetSoonAfter(ways, id);
	}
	phase(context, 'check', 'done', `${id} stayed up for ${settle} s`);
	return partitionsDone(id, settle);
}
