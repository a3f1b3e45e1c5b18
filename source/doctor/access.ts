/** Who may open the modem's ports, and who has. */
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice } from '../events.ts';
import { lockHolder } from '../flash/job/device-lock.ts';
import type { Host } from '../host.ts';
import { howToStop, nameHolder } from '../link/port-holder.ts';
import { identityOf } from '../modems/identities.ts';
import { holdersOf, processesNamed } from '../processes.ts';
import { type Check, inTheWay, notSeen, ok } from './check.ts';

const nodesOf = ({ dev }: Host, { interfaces }: UsbDevice): string[] =>
	interfaces
		.flatMap(({ nodes, missing = [] }) => nodes.filter((node) => !missing.includes(node)))
		.filter((node) => /^(?:tty|cdc-wdm)/.test(node))
		.map((node) => join(dev, node));

export const permission: Check = (host, device) => {
	const closed = nodesOf(host, device).filter((path) => !mayOpen(path));
	const [first] = closed;
	if (first === undefined) return ok('permission', 'You may open its ports.');
	return groupMayOpen(first)
		? inTheWay(
				'permission',
				`You may not open ${closed.join(', ')}; the group of the node may.`,
				`sudo usermod -aG $(stat -c %G ${first}) $USER, and log in again`,
			)
		: inTheWay(
				'permission',
				`Only root may open ${closed.join(', ')}: there is no udev rule for this modem.`,
				`${writeRule(device)} && sudo udevadm control --reload && sudo udevadm trigger`,
			);
};

/** The rules that come with us are for the ids that are known. */
const writeRule = (device: UsbDevice) =>
	identityOf(device)
		? 'sudo modemscope files /usr/local'
		: `echo '${udevRule(device)}' | sudo tee /etc/udev/rules.d/71-modemscope-local.rules`;

const udevRule = ({ vid }: UsbDevice) =>
	`SUBSYSTEM=="tty|usbmisc", ATTRS{idVendor}=="${vid}", GROUP="dialout", MODE="0660"`;

function mayOpen(path: string): boolean {
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'EACCES';
	}
}

/** A group other than root's, with reading and writing. */
function groupMayOpen(path: string): boolean {
	const { gid, mode } = statSync(path);
	return gid !== 0 && (mode & 0o060) === 0o060;
}

/** ModemManager probes every new port: its AT bytes make a Sierra loader miss its HELLO (libqmi). */
export const modemManager: Check = ({ proc }) => {
	const [found] = processesNamed(proc, 'ModemManager');
	return found
		? inTheWay(
				'ModemManager',
				`ModemManager runs (process ${found.pid}): it probes every port that appears, and its bytes are junk to a loader.`,
				howToStop(found),
			)
		: ok('ModemManager', 'It does not run.');
};

export const holder: Check = ({ proc, ...host }, device) => {
	const looked = nodesOf({ proc, ...host }, device).map((path) => ({
		path,
		...holdersOf(proc, path),
	}));
	for (const { path, holders } of looked) {
		const [first] = holders;
		if (first)
			return inTheWay('holder', `${path} is held by ${nameHolder(first)}.`, howToStop(first));
	}
	return looked.every(({ sawAll }) => sawAll)
		? ok('holder', 'No program has its ports open.')
		: notSeen(
				'holder',
				'Could not look into the processes of other users.',
				'sudo modemscope doctor',
			);
};

export const flashLock: Check = async (host, { path, peer }) => {
	for (const at of peer === undefined ? [path] : [path, peer]) {
		const found = await lockHolder(host, at);
		if (!found) continue;
		return inTheWay(
			'flash',
			`A flash of ${found.model} runs at ${at} (process ${found.pid || 'unknown'}).`,
			'modemscope flash --follow',
		);
	}
	return ok('flash', 'None runs on it.');
};
