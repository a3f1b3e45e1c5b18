/**
 * What the application tells over QMI. The forms are libqmi's (data/qmi-service-dms.json);
 * the values are those that its AT port tells.
 */
import type { Values } from '../../protocol/qmi/shape.ts';
import type { Facts } from '../at/answers.ts';

/** Services that give out clients, with their versions; all but DMS know no message here. */
export const services = [
	{ service: 0, major: 1, minor: 5 },
	{ service: 1, major: 1, minor: 67 },
	{ service: 2, major: 1, minor: 14 },
	{ service: 3, major: 1, minor: 25 },
] as const;

export const imageKinds = { modem: 0, pri: 1 } as const;
const radios = { umts: 5, lte: 8 } as const;

/** Sixteen bytes, in hex. */
const uniqueId = (text: string) => Buffer.from(text.padEnd(16, '\0'), 'latin1').toString('hex');

/** What is kept, as an entry of a list of images. */
export const storedImages = ({ firmware, carrier, config }: Facts) => [
	{ kind: imageKinds.modem, 'unique id': uniqueId('?_?'), build: `${firmware}_?` },
	{ kind: imageKinds.pri, 'unique id': uniqueId(config), build: `${firmware}_${carrier}` },
];

/** What shall run, in the same form. */
export const preferredImages = (facts: Facts) =>
	storedImages({ ...facts, ...facts.memory.preferred });

/** A preference that came over QMI, as AT!IMPREF? shows it. */
export function releaseOf(images: readonly { kind: number; 'unique id': string; build: string }[]) {
	const [, firmware] = /^(.+)_\?$/.exec(images.find(({ kind }) => kind === 0)?.build ?? '') ?? [];
	const settings = images.find(({ kind }) => kind === 1);
	const [, carrier] = /_([\s\S]+)/.exec(settings?.build ?? '') ?? [];
	const config = Buffer.from(settings?.['unique id'] ?? '', 'hex').toString('latin1');
	return {
		...(firmware && { firmware }),
		...(carrier && { carrier, config: config.replaceAll('\0', '') }),
	};
}

/** How many images the modem keeps of each kind. */
const room = [1, 50];

const listOfStored = (facts: Facts) =>
	storedImages(facts).map(({ kind, ...image }) => ({
		kind,
		most: room[kind]!,
		running: kind === imageKinds.modem ? 1 : 0xff,
		image: [{ storage: kind === imageKinds.modem ? 1 : 0xff, failures: 0, ...image }],
	}));

type Tlvs = Readonly<Record<number, Values>>;
const device = ({ revision }: Facts) => revision.split(' ')[0]!;

/** Questions to DMS that change nothing, by the message's name. */
export const tells: Readonly<Record<string, (facts: Facts) => Tlvs>> = {
	GetCapabilities: () => ({
		1: {
			'transmit rate': 50_000_000,
			'receive rate': 150_000_000,
			'data service': 2,
			SIM: 2,
			radio: [{ radio: radios.umts }, { radio: radios.lte }],
		},
	}),
	GetManufacturer: () => ({ 1: { manufacturer: 'Sierra Wireless, Incorporated' } }),
	GetModel: ({ model }) => ({ 1: { model: model.name } }),
	GetRevision: ({ revision }) => ({ 1: { revision } }),
	GetIds: () => ({
		16: { ESN: '0' },
		17: { IMEI: '000000000000000' },
		19: { 'IMEI version': '0' },
	}),
	GetSoftwareVersion: (facts) => ({ 1: { 'software version': device(facts) } }),
	ListStoredImages: (facts) => ({ 1: { kind: listOfStored(facts) } }),
	SwiGetCurrentFirmware: (facts) => ({
		16: { model: facts.model.name },
		17: { 'boot version': device(facts) },
		18: { 'AMSS version': device(facts) },
		23: { carrier: facts.carrier },
		24: { 'config version': facts.config },
	}),
};
