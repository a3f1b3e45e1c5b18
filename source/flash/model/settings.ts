/** What a modem says that it runs and is set to: saved before a flash, held against the file after it. */
import { identity } from '../../at/answers/identity.ts';
import { preference, priId } from '../../at/answers/tables.ts';
import type { AtChannel } from '../../at/channel.ts';
import { findAtPort, withAtChannel } from '../../at/port.ts';
import type { UsbDevice } from '../../events.ts';
import { parseVersion, type Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
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

/** Throws a Problem when no AT port can be opened. What is asked changes nothing. */
export async function readSettings(
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
	if (after.mismatch !== undefined) {
		return `it says that firmware and settings do not match (AT!IMPREF?: ${after.mismatch})`;
	}
	const pri = parseVersion(after['carrier PRI'] ?? '');
	for (const part of ['carrier', 'config'] as const) {
		const [is, shall] = [pri[part], wanted[part]?.value];
		if (is && shall && is.toLowerCase() !== shall.toLowerCase()) {
			return `its PRI has ${part} ${is}, not ${shall}`;
		}
	}
	return undefined;
}
