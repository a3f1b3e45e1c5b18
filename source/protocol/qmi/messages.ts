/** The QMI messages that an update needs, with their TLVs. Source: libqmi data/qmi-service-*.json. */
import { bytes, type ExpectedReply, u8, u16, u32 } from '../fields.ts';
import { qmiErrors } from './errors.ts';
import { counted, type Item, list, one, words } from './shape.ts';

export const qmiServices: Readonly<Record<number, string>> = Object.fromEntries(
	'CTL WDS DMS NAS QOS WMS PDS AUTH AT VOICE CAT2 UIM PBM QCHAT RMTFS TEST LOC SAR IMS ADC CSD MFS TIME TS TMD SAP WDA TSYNC RFSA CSVT QCMAP IMSP IMSVT IMSA COEX'
		.split(' ')
		.map((name, id): [number, string] => [id, name])
		.concat([
			[0x24, 'PDC'],
			[0x2a, 'DSD'],
			[0x2f, 'DPM'],
			[0xe0, 'CAT'],
			[0xe1, 'RMS'],
			[0xe2, 'OMA'],
			[0xe3, 'FOX'],
			[0xe7, 'GMS'],
			[0xe8, 'GAS'],
		]),
);

export type Tlvs = Readonly<
	Record<number, { readonly name: string; readonly shape: readonly Item[] }>
>;

export type QmiMessage = {
	readonly service: number;
	readonly id: number;
	readonly name: string;
	readonly description: string;
	readonly request: Tlvs;
	readonly answer: Tlvs;
	/** Seconds of silence that are normal before the answer. */
	readonly within: number;
};

const tlv = (name: string, ...shape: Item[]) => ({ name, shape });
const service = one(u8('service', 'Which part of the modem.', { values: qmiServices }));
const client = one(u8('client', 'The client that the modem gave out.'));
const imageKind = one(u8('kind', 'What kind of image.', { values: { 0: 'modem', 1: 'PRI' } }));
const uniqueId = one(bytes('unique id', 16, 'Which image, "?_?" for any.'));
const build = counted('build', 'The build, as "version_carrier".');
const operatingMode = one(
	u8('mode', 'How the modem works.', {
		values: {
			0: 'online',
			1: 'low power',
			2: 'factory test',
			3: 'offline',
			4: 'reset',
			5: 'shutting down',
			6: 'persistent low power',
			7: 'mode-only low power',
		},
	}),
);

/** TLV 0x02 of every answer. */
export const resultTlv = tlv(
	'result',
	one(u16('result', 'Whether it worked.', { values: { 0: 'success', 1: 'failure' } })),
	one(u16('error', 'Why not.', { codes: qmiErrors })),
);

const ask = (
	service: number,
	id: number,
	name: string,
	description: string,
	{
		request = {},
		answer = {},
		within = 5,
	}: Partial<Pick<QmiMessage, 'request' | 'answer' | 'within'>> = {},
): QmiMessage => ({
	service,
	id,
	name,
	description,
	request,
	answer: { 2: resultTlv, ...answer },
	within,
});

const ctl = 0;
const dms = 2;
const text = (name: string, description: string) => ({ 1: tlv(name, words(name, description)) });
const images = list('image', 'The images.', [imageKind, uniqueId, build]);

export const qmiMessages: readonly QmiMessage[] = [
	ask(ctl, 0x0021, 'GetVersionInfo', 'Asks which services the modem has.', {
		answer: {
			1: tlv(
				'services',
				list('service', 'The services.', [
					service,
					one(u16('major', 'Its version.')),
					one(u16('minor', 'Its version.')),
				]),
			),
		},
	}),
	ask(ctl, 0x0022, 'ALLOC_CID', 'Asks for a client of a service; every talk with it begins so.', {
		request: { 1: tlv('service', service) },
		answer: { 1: tlv('client', service, client) },
	}),
	ask(ctl, 0x0023, 'RELEASE_CID', 'Gives a client back.', {
		request: { 1: tlv('client', service, client) },
		answer: { 1: tlv('client', service, client) },
	}),
	ask(ctl, 0x0027, 'SYNC', 'Begins anew: all clients are given back.', { within: 20 }),
	ask(dms, 0x0020, 'GetCapabilities', 'Asks what the modem can do.', {
		answer: {
			1: tlv(
				'capabilities',
				one(u32('transmit rate', 'At most, bits a second.')),
				one(u32('receive rate', 'At most, bits a second.')),
				one(
					u8('data service', 'Circuit or packet switched.', {
						values: { 0: 'none', 1: 'CS', 2: 'PS', 3: 'CS or PS', 4: 'CS and PS' },
					}),
				),
				one(u8('SIM', 'Whether it takes a SIM.', { values: { 1: 'no', 2: 'yes' } })),
				list('radio', 'What it can speak.', [
					one(
						u8('radio', 'Which radio.', {
							values: { 1: 'CDMA', 2: 'EV-DO', 4: 'GSM', 5: 'UMTS', 8: 'LTE', 10: '5GNR' },
						}),
					),
				]),
			),
		},
	}),
	ask(dms, 0x0021, 'GetManufacturer', 'Asks who made the modem.', {
		answer: text('manufacturer', 'Who made it.'),
	}),
	ask(dms, 0x0022, 'GetModel', 'Asks for the model.', { answer: text('model', 'The model.') }),
	ask(dms, 0x0023, 'GetRevision', 'Asks which firmware runs.', {
		answer: text('revision', 'The firmware.'),
	}),
	ask(dms, 0x0025, 'GetIds', 'Asks for IMEI, ESN and MEID.', {
		answer: {
			16: tlv('ESN', words('ESN', 'Names this device.')),
			17: tlv('IMEI', words('IMEI', 'Names this device.')),
			18: tlv('MEID', words('MEID', 'Names this device.')),
			19: tlv('IMEI version', words('IMEI version', 'Its software version.')),
		},
	}),
	ask(dms, 0x002d, 'GetOperatingMode', 'Asks how the modem works.', {
		answer: {
			1: tlv('mode', operatingMode),
			16: tlv('offline reason', one(u16('offline reason', 'Why it is offline.'))),
			17: tlv('hardware restricted', one(u8('hardware restricted', 'Whether a pin holds it.'))),
		},
	}),
	ask(
		dms,
		0x002e,
		'SetOperatingMode',
		'Sets how the modem works; offline, then reset, starts the update.',
		{
			request: { 1: tlv('mode', operatingMode) },
		},
	),
	ask(dms, 0x003e, 'SetFirmwareId', 'Sends older modems into the boot loader at their next start.'),
	ask(dms, 0x0047, 'GetFirmwarePreference', 'Asks which images the modem shall run.', {
		answer: { 1: tlv('images', images) },
	}),
	ask(
		dms,
		0x0048,
		'SetFirmwarePreference',
		'Says which images the modem shall run; those that it lacks are downloaded next.',
		{
			request: {
				1: tlv('images', images),
				16: tlv('override', one(u8('override', 'Download them even if they are there.'))),
				17: tlv('storage index', one(u8('storage index', 'Where to keep them.'))),
			},
			answer: {
				1: tlv(
					'images to download',
					list('image', 'What has to come; none means only a reboot.', [imageKind]),
				),
			},
			within: 10,
		},
	),
	ask(dms, 0x0049, 'ListStoredImages', 'Asks which images the modem keeps.', {
		answer: {
			1: tlv(
				'images',
				list('kind', 'By kind.', [
					imageKind,
					one(u8('most', 'How many it can keep.')),
					one(u8('running', 'Which one runs.')),
					list('image', 'The images.', [
						one(u8('storage', 'Where it is kept.')),
						one(u8('failures', 'How often it failed to start.')),
						uniqueId,
						build,
					]),
				]),
			),
		},
	}),
	ask(
		dms,
		0x0050,
		'SetBootImageDownloadMode',
		'Holds the modem in the boot loader at its next start.',
		{
			request: {
				1: tlv(
					'mode',
					one(u8('mode', 'How it starts.', { values: { 0: 'normal', 1: 'boot and recovery' } })),
				),
			},
		},
	),
	ask(dms, 0x0051, 'GetSoftwareVersion', 'Asks for the software version.', {
		answer: text('software version', 'The version.'),
	}),
	ask(dms, 0x5556, 'SwiGetCurrentFirmware', 'Sierra: asks for every version that runs.', {
		answer: Object.fromEntries(
			[
				'model',
				'boot version',
				'AMSS version',
				'SKU',
				'package',
				'carrier id',
				'PRI version',
				'carrier',
				'config version',
			].map((name, n) => [0x10 + n, tlv(name, words(name, 'What runs.'))]),
		),
	}),
];

const byNumber = new Map(qmiMessages.map((entry) => [(entry.service << 16) | entry.id, entry]));

export const qmiMessage = (service: number, id: number): QmiMessage | undefined =>
	byNumber.get((service << 16) | id);

export const expectedReplyOf = ({ name, within }: QmiMessage): ExpectedReply => ({
	from: 'modem',
	what: `the answer to ${name}`,
	within,
});

/** A TLV that is not known here. */
export const unknownTlv = tlv('further', words('contents', 'What no source describes.'));
export const tlvHead = [u8('type', 'Which piece this is.'), u16('length', 'Bytes in this piece.')];
