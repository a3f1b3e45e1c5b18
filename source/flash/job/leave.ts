import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { wayIn, wayOut } from '../../modems/ways-in.ts';
import { calledOf, productOfDevice } from '../../usb/device/model.ts';
import { peerOf } from '../../usb/scan/peer.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import type { FlashContext } from '../model/context.ts';
import { type LeavingProtocol, leaveLoader } from '../run/leave.ts';
import { startInhibitors } from '../system/inhibitors.ts';
import { lockDevice } from './device-lock.ts';

/**
 * Leaves a held loader as `leaveLoader` does, with nobody else at the modem: it takes the lock that a
 * flash takes, and keeps ModemManager off. Where that cannot be kept off it is told, and the reset is
 * sent all the same: nothing is written that its bytes could spoil.
 */
export async function leaveAlone(
	host: Host,
	usb: PortWatch,
	device: UsbDevice,
	namedModel: string | undefined,
	context: Omit<FlashContext, 'ways'>,
): Promise<{ by: LeavingProtocol; device: UsbDevice }> {
	const { path } = usb;
	const { model } = calledOf(device, namedModel);
	const product = productOfDevice(device, namedModel);
	const ways = { in: wayIn(product), out: wayOut(product) };
	const peer = peerOf(host.sysfs, path);
	const me = { pid: process.pid, model, path, leaves: true };
	const unlock = await lockDevice(peer === undefined ? [path] : [path, peer], host, me);
	try {
		const inhibitors = await startInhibitors(host, { path, needed: false }, context.emit);
		inhibitors.onDevice(device);
		try {
			return await leaveLoader(host, usb, product?.loader, { ...context, ways });
		} finally {
			await inhibitors.release();
		}
	} finally {
		await unlock();
	}
}
