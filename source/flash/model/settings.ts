/** What a modem says that it runs and is set to: saved before a flash, held against the file after it. */
import { identity } from '../../at/answers/identity.ts';
import { preference, priId } from '../../at/answers/tables.ts';
import type { AtChannel } from '../../at/channel.ts';
import { findAtPort, withAtChannel } from '../../at/port.ts';
import type { UsbDevice } from '../../events.ts';
import { parseVersion, type Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import { readRunning, releaseOf } from '../../qmi/firmware.ts';
import { qmiPort, withQmi } from '../../qmi/port.ts';
import type { FlashContext } from './context.ts';

/** Each as the modem words it; what it did not tell is left out. */
export type Settings = Readonly<Partial<Record<SettingName, string>>>;
export type SettingName =
	| 'revision'
	| 'carrier PRI'
	| 'preferred firmware'
	| 'preferred carrier'
	| 'preferred config'
	| 'current firmware'
	| 'current carrier'
	| 'current config'
	| 'mismatch';

/** Seconds that each answer may take. */
const answerWait = 3;

const hasTty = ({ interfaces }: UsbDevice) =>
	interfaces.some(({ nodes }) => nodes.some((node) => node.startsWith('tty')));

/** Whether it has a port to be asked over at all. */
export const canBeAsked = (device: UsbDevice | undefined): boolean =>
	device !== undefined && (hasTty(device) || qmiPort(device) !== undefined);

/**
 * Over AT, and over QMI where no port answers AT. Throws a Problem when neither answers. What is asked
 * changes nothing.
 */
export async function readSettings(
	host: Host,
	device: UsbDevice | undefined,
	context: FlashContext,
): Promise<Settings> {
	const port = device && qmiPort(device);
	if (!device || !port) return askAt(host, device, context);
	try {
		const settings = hasTty(device) ? await askAt(host, device, context) : {};
		if (settings.revision !== undefined) return settings;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
	}
	const running = await withQmi(host, port, context.emit, readRunning);
	const { revision, carrier, config, preferred } = running;
	const wants = preferred && releaseOf(preferred);
	const told: Partial<Record<SettingName, string | undefined>> = {
		revision,
		'current carrier': carrier,
		'current config': config,
		'preferred firmware': wants?.firmware,
		'preferred carrier': wants?.carrier,
		'preferred config': wants?.config,
		mismatch:
			wants?.firmware && revision && !revision.includes(wants.firmware)
				? 'fw version mismatch'
				: undefined,
	};
	return Object.fromEntries(Object.entries(told).filter(([, value]) => value));
}

async function askAt(
	host: Host,
	device: UsbDevice | undefined,
	{ emit, stop }: FlashContext,
): Promise<Settings> {
	const port = await findAtPort(host, device, emit);
	return withAtChannel(host, port, emit, async (channel) => {
		const { lines } = await channel.send('ATI', answerWait, stop);
		const images = await askLocked(channel, 'AT!IMPREF?', stop);
		const pri = await channel.send('AT!PRIID?', answerWait, stop);
		const answers = [...identity(lines), ...preference(images), ...priId(pri.lines)];
		const settings: Partial<Record<SettingName, string>> = {};
		for (const [key, name] of Object.entries(names)) {
			const value = answers.find((entry) => entry.key === key)?.value;
			if (value) settings[name] = value;
		}
		return settings;
	});
}

const names: Readonly<Record<string, SettingName>> = {
	revision: 'revision',
	carrierPri: 'carrier PRI',
	preferredFirmware: 'preferred firmware',
	preferredCarrier: 'preferred carrier',
	preferredConfig: 'preferred config',
	currentFirmware: 'current firmware',
	currentCarrier: 'current carrier',
	currentConfig: 'current config',
	mismatch: 'mismatch',
};

/** Some applications want the usual password first; it opens reading until the next reset. */
async function askLocked(channel: AtChannel, command: string, stop: AbortSignal) {
	const first = await channel.send(command, answerWait, stop);
	if (first.result !== 'ERROR') return first.lines;
	await channel.send('AT!ENTERCND="A710"', answerWait, stop);
	return (await channel.send(command, answerWait, stop)).lines;
}

/** `carrier PRI: A, before B` for each that is another than before. */
export const changes = (before: Settings, after: Settings): string[] =>
	Object.entries(after).flatMap(([name, value]) => {
		const was = before[name as SettingName];
		return was === value ? [] : [`${name}: ${value}, before ${was ?? 'not known'}`];
	});

/** Why the modem is not as the file should have made it; undefined when it is, as far as it tells. */
export function unlike(after: Settings, wanted: Versions): string | undefined {
	const firmware = wanted.firmware?.value;
	if (firmware !== undefined && !after.revision?.includes(firmware)) {
		return `it runs ${after.revision?.split(' ')[0] ?? 'no version that it tells'}, not ${firmware}`;
	}
	const pri = parseVersion(after['carrier PRI'] ?? '');
	for (const part of ['carrier', 'config'] as const) {
		const [is, shall] = [pri[part] ?? after[`current ${part}`], wanted[part]?.value];
		// AT!IMPREF? puts the carrier before the configuration.
		if (is && shall && !is.toLowerCase().endsWith(shall.toLowerCase())) {
			return `its PRI has ${part} ${is}, not ${shall}`;
		}
	}
	return undefined;
}
