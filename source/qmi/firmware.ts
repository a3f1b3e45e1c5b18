/**
 * Which firmware a modem runs, keeps and shall run, and the ways into its boot loader over QMI: what
 * libqmi's qfu-updater.c and qfu-reseter.c do. Numbers: libqmi data/qmi-service-dms.json.
 */
import { LinkLost } from '../link/link.ts';
import { type DecodedField, numberOf } from '../protocol/fields.ts';
import type { QmiClient } from './client.ts';

export type FirmwareImage = {
	/** 0 is the modem's firmware, 1 its settings (PRI). */
	readonly kind: number;
	/** Sixteen bytes, in hex: `?_?`, or the version of the settings. */
	readonly uniqueId: string;
	/** `02.33.03.00_?`, or with the carrier instead of the question mark. */
	readonly build: string;
};

/** What runs, as far as the modem tells. */
export type RunningFirmware = {
	readonly revision?: string;
	readonly carrier?: string;
	readonly config?: string;
	/** Undefined where the modem knows no preference. */
	readonly preferred: readonly FirmwareImage[] | undefined;
};

const uniqueIdOf = (name: string) => Buffer.from(name.padEnd(16, '\0'), 'latin1').toString('hex');
const anyModem = '?_?';

/** The two images of a release, as a preference names them. */
export const imagesOf = (firmware: string, carrier: string, config: string): FirmwareImage[] => [
	{ kind: 0, uniqueId: uniqueIdOf(anyModem), build: `${firmware}_?` },
	{ kind: 1, uniqueId: uniqueIdOf(config), build: `${firmware}_${carrier}` },
];

/** What a preference is made of. */
export function releaseOf(images: readonly FirmwareImage[]) {
	const [firmware, settings] = [0, 1].map((kind) => images.find((image) => image.kind === kind));
	const config = Buffer.from(settings?.uniqueId ?? '', 'hex').toString('latin1');
	const [, carrier = ''] = /_([\s\S]+)/.exec(settings?.build ?? '') ?? [];
	return {
		firmware: firmware?.build.replace(/_\?$/, '') ?? '',
		carrier,
		config: config.replaceAll('\0', ''),
	};
}

/** `02.33.03.00 GENERIC 002.072_000`, for a person. */
export const imagesText = (images: readonly FirmwareImage[]): string =>
	Object.values(releaseOf(images)).filter(Boolean).join(' ');

const textOf = (fields: readonly DecodedField[], name: string) => {
	const value = fields.findLast((field) => field.name === name)?.value;
	return typeof value === 'string' && value !== '' ? value : undefined;
};

export async function readRunning(client: QmiClient): Promise<RunningFirmware> {
	const revision = await client.ask('GetRevision');
	const preference = await client.ask('GetFirmwarePreference');
	const current = await client.ask('SwiGetCurrentFirmware');
	const told = {
		revision: textOf(revision.fields, 'revision'),
		carrier: textOf(current.fields, 'carrier'),
		config: textOf(current.fields, 'config version'),
	};
	return {
		...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
		preferred: preference.error === undefined ? imagesIn(preference.fields) : undefined,
	};
}

function imagesIn(fields: readonly DecodedField[]): FirmwareImage[] {
	return Array.from({ length: numberOf(fields, 'images') }, (_, index) => {
		const of = ` image ${index + 1}`;
		return {
			kind: numberOf(fields, `kind${of}`),
			uniqueId: textOf(fields, `unique id${of}`) ?? '',
			build: textOf(fields, `build${of}`) ?? '',
		};
	});
}

/**
 * Says which images shall run. With `download` they are asked for even if they are stored. Returns how
 * many the modem wants to be sent at its next start, or the name of the error.
 */
export async function prefer(
	client: QmiClient,
	images: readonly FirmwareImage[],
	{ download }: { download: boolean },
): Promise<number | string> {
	const image = images.map(({ kind, uniqueId, build }) => ({ kind, 'unique id': uniqueId, build }));
	const answer = await client.ask('SetFirmwarePreference', {
		1: { image },
		...(download ? { 16: { override: 1 } } : {}),
	});
	return answer.error ?? numberOf(answer.fields, 'images');
}

const modes = { offline: 3, reset: 4 } as const;

/** Restarts the modem; returns the name of the error. */
export async function restart(client: QmiClient): Promise<string | undefined> {
	const offline = await client.ask('SetOperatingMode', { 1: { mode: modes.offline } });
	if (offline.error !== undefined && offline.error !== 'NoEffect') return offline.error;
	try {
		return (await client.ask('SetOperatingMode', { 1: { mode: modes.reset } })).error;
	} catch (error) {
		if (error instanceof LinkLost) return undefined;
		throw error;
	}
}

/** Sends it to its boot loader, where it knows no preference; returns the name of the error. */
export async function bootHold(client: QmiClient): Promise<string | undefined> {
	const old = await client.ask('SetFirmwareId');
	if (old.error === undefined) return undefined;
	const mode = await client.ask('SetBootImageDownloadMode', { 1: { mode: 1 } });
	return mode.error ?? restart(client);
}
