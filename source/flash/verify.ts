import type { AtAnswer } from '../at/channel.ts';
import { withAtChannel } from '../at/port.ts';
import type { UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { atNode, modeOf } from '../usb/modes.ts';
import type { PortWatch } from '../usb/port-watch.ts';
import { type FlashContext, phase } from './report.ts';

/** Seconds: for the loader to leave, for the new application to start (litefw waits as long). */
const leaveWait = 60;
const startWait = 240;
/** Seconds that an application may run before it answers AT. */
const answerWait = 30;

const written = 'The new firmware was written and accepted.';

/** Sees the modem reboot, reads its version back, and watches that it stays up for `settle` seconds. */
export async function verify(
	host: Host,
	usb: PortWatch,
	expected: string,
	settle: number,
	context: FlashContext,
): Promise<void> {
	if (!(await usb.until((device) => !device || modeOf(device) === 'application', leaveWait))) {
		throw unchecked(`The boot loader still holds ${leaveWait} s after the reset.`);
	}
	if (
		!(await usb.until((device) => device !== undefined && atNode(device) !== undefined, startWait))
	) {
		throw unchecked(`The application did not appear within ${startWait} s.`);
	}
	phase(context, 'reboot', 'done', 'the application is back');
	phase(context, 'check', 'running', 'reading the version');
	const born = usb.device?.number;
	const version = await readVersion(host, usb, context);
	if (!version.includes(expected)) {
		throw unchecked(`The modem says it runs ${version || 'no version at all'}, not ${expected}.`);
	}
	phase(context, 'check', 'running', `runs ${version}; watching for ${settle} s that it stays up`);
	if (await usb.until((device) => device?.number !== born, settle)) {
		throw unchecked('The modem started the new firmware, but was reset soon after.');
	}
	phase(context, 'check', 'done', `runs ${version} and stayed up for ${settle} s`);
}

async function readVersion(host: Host, usb: PortWatch, context: FlashContext): Promise<string> {
	const deadline = host.clock.now() + answerWait;
	while (host.clock.now() < deadline) {
		const device = usb.device;
		const answer = device && (await askVersion(host, device, context));
		const revision = answer && revisionOf(answer.lines);
		if (revision) return revision;
		await host.clock.sleep(1);
	}
	return '';
}

async function askVersion(
	host: Host,
	device: UsbDevice,
	{ emit }: FlashContext,
): Promise<AtAnswer | undefined> {
	const node = atNode(device);
	if (!node) return undefined;
	try {
		return await withAtChannel(host, `${host.dev}/${node}`, emit, (channel) =>
			channel.send('ATI', 3),
		);
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

/** The firmware version among the lines of ATI: `SWI9X07H_00.08.24.02`. */
export const revisionOf = (lines: readonly string[]): string | undefined =>
	lines.map((line) => /^Revision: *(\S+)/.exec(line)?.[1]).find(Boolean);

const unchecked = (what: string) =>
	new Problem(exitCode.writtenButUnchecked, what, {
		modem: written,
		next: 'watch it in the USB view; if it loops, catch it with AT!BOOTHOLD and flash it again.',
	});
