import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsbDevice } from '../events.ts';
import type { Check } from '../firmware/checks.ts';
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { matchModem } from '../firmware/match.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { isSimulated } from '../simulator/devices.ts';
import { loaderInterface, loaderNode, modelOf, modeOf } from '../usb/modes.ts';
import { type Way, waySays } from './aftermath.ts';
import { lockHolder } from './device-lock.ts';
import type { Plan, PlanCheck } from './plan.ts';
import { inOrder, setChecks } from './plan-set.ts';
import { type Protocol, protocolCheck, speaksOf } from './protocol-of.ts';

export type CheckedFile = { readonly file: FirmwareFile; readonly checks: readonly Check[] };

export type PlanFrom = {
	readonly host: Host;
	/** With the checks of each; they are sent in the order that libqmi has, the largest first. */
	readonly files: readonly CheckedFile[];
	/** The modem as it is plugged in now. */
	readonly device: UsbDevice;
	/** The version that the modem said it runs, if it was asked. */
	readonly from?: string | undefined;
	/** Other than a whole flash when one that broke off is gone on with. */
	readonly way?: Way;
	/** `auto` unless a person chose one. */
	readonly protocol?: Protocol;
};

/** Checks everything that can be checked before a byte is written. */
export async function makePlan({
	host,
	files,
	device,
	from,
	way = 'flash',
	protocol = 'auto',
}: PlanFrom): Promise<Plan> {
	const model = modelOf(device);
	const [main, ...others] = inOrder(files.map(({ file }) => file));
	if (!main) throw new Problem(exitCode.usage, 'There is no file to flash.');
	const speaks = speaksOf(model, main);
	const one = others.length === 0;
	return {
		file: main.path,
		others: others.map(({ path }) => path),
		size: files.reduce((sum, { file }) => sum + file.size, 0),
		path: device.path,
		model,
		from,
		to: main.versions.firmware?.value ?? 'an unnamed version',
		way,
		protocol,
		speaks,
		checks: [
			...(way === 'flash' ? [] : [{ state: 'ok', says: waySays[way] } as const]),
			...files.map(({ file, checks }) => fileCheck(checks, one ? 'the file' : file.name)),
			...(files.some(({ file }) => file.rehearsal) &&
			host.rehearsal === undefined &&
			!isSimulated(device)
				? [rehearsalFile]
				: []),
			...matchModem(main, { model, version: from }).map(({ state, says }) => ({ state, says })),
			...setChecks([main, ...others], model),
			...(way === 'verify' ? [] : [loaderCheck(device)]),
			...protocolCheck(protocol, speaks, model),
			speedCheck(device),
			await lockCheck(host, device.path),
			...(host.rehearsal === undefined ? await modemManagerCheck() : []),
		],
	};
}

const rehearsalFile: PlanCheck = {
	state: 'refuse',
	says: 'this file was made for the rehearsal: it holds no firmware',
};

function fileCheck(checks: readonly Check[], name: string): PlanCheck {
	const failed = checks.find(({ state }) => state === 'failed');
	if (failed) return { state: 'refuse', says: `${name} is damaged: ${failed.says}` };
	const crcs = checks.filter(
		({ name, state }) => name === 'image CRC' && state === 'checked',
	).length;
	const open = checks.filter(({ state }) => state === 'not checkable').length;
	return open > 0
		? {
				state: 'warn',
				says: `${crcs} image CRCs of ${name} are right; ${open} things could not be checked`,
			}
		: { state: 'ok', says: `the CRC of each of the ${crcs} images in ${name} is right` };
}

const noLoader = { state: 'refuse', exit: exitCode.noDevice } as const;

function loaderCheck(device: UsbDevice): PlanCheck {
	if (modeOf(device) === 'edl') {
		return {
			state: 'refuse',
			exit: exitCode.refusedBeforeWrite,
			says: `the chip’s emergency loader is at ${device.path}, and wants a programmer that the modem’s maker has signed; none is public for Sierra modems: ask the maker`,
		};
	}
	if (loaderNode(device)) return { state: 'ok', says: `the boot loader holds at ${device.path}` };
	if (loaderInterface(device)) {
		return {
			state: 'warn',
			says: `the boot loader at ${device.path} has no tty: its USB endpoints are used directly`,
		};
	}
	return modeOf(device) === 'application'
		? {
				...noLoader,
				says: 'the modem runs its application: catch it first with AT!BOOTHOLD (view 1, h)',
			}
		: { ...noLoader, says: `the boot loader at ${device.path} has no tty` };
}

function speedCheck({ speed }: UsbDevice): PlanCheck {
	if (speed === undefined) return { state: 'warn', says: 'the USB speed is not known' };
	const name = speed >= 5000 ? 'USB 3' : speed >= 480 ? 'USB 2' : 'USB 1';
	return {
		state: speed < 480 ? 'warn' : 'ok',
		says: `the USB link runs at ${speed} Mbit/s (${name})`,
	};
}

async function lockCheck(host: Host, path: string): Promise<PlanCheck> {
	const running = await lockHolder(host, path);
	return running
		? {
				state: 'refuse',
				exit: exitCode.noAccess,
				says: `a flash of this modem runs already (process ${running.pid || 'unknown'})`,
			}
		: { state: 'ok', says: 'no other flash runs on this modem' };
}

/** ModemManager probes every tty it sees; its bytes are junk to a loader. */
async function modemManagerCheck(): Promise<PlanCheck[]> {
	const names = await readdir('/proc').catch((): string[] => []);
	const commands = await Promise.all(
		names
			.filter((name) => /^\d+$/.test(name))
			.map((pid) => readFile(join('/proc', pid, 'comm'), 'utf8').catch(() => '')),
	);
	return commands.some((command) => command.trim() === 'ModemManager')
		? [
				{
					state: 'warn',
					says: 'ModemManager runs and may send bytes: sudo systemctl stop ModemManager',
				},
			]
		: [];
}
