/** What Firehose verbs and their attributes are for. Sources: libqmi, linux-msm/qdl, fwupd, edl. */
import type { DecodedField, ExpectedReply } from '../fields.ts';

export type Verb = {
	readonly name: string;
	readonly description: string;
	/** Seconds of silence that are normal before the answer, and after which we give up. */
	readonly within: number;
	readonly giveUpAfter: number;
};

const verb = (
	name: string,
	description: string,
	within = 10,
	giveUpAfter = Math.max(30, within),
): [string, Verb] => [name.toLowerCase(), { name: `<${name}>`, description, within, giveUpAfter }];

/** Seconds in which a Sierra loader checks an image and writes its flash memory, without a word. */
export const firehoseCommitTimeout = 300;

/** By name in small letters. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
	verb('configure', 'Asks for the storage and the block size to use.'),
	verb('getStorageInfo', 'Asks how the flash memory is laid out.'),
	verb('program', 'Says which file follows, in how many sectors. Raw data comes next.'),
	verb('read', 'Asks for sectors of the flash memory; they come raw.'),
	verb('erase', 'Erases sectors of the flash memory.', 30, 120),
	verb('patch', 'Changes bytes in what is written.'),
	verb('power', 'Resets the modem: the loader ends here.', 10, 10),
	verb('nop', 'Asks for a sign of life.'),
	verb('peek', 'Reads from the memory of the modem.'),
	verb('poke', 'Writes to the memory of the modem.'),
	verb('setbootablestoragedrive', 'Says from which drive the modem starts.'),
	verb('getsha256digest', 'Asks for the hash of sectors, to check what is written.', 60),
	verb('getcrc16digest', 'Asks for the CRC of sectors, to check what is written.', 60),
	verb('firmwarewrite', 'Writes the firmware of the storage itself.', 60),
	verb('benchmark', 'Measures how fast the storage is.', 60),
	verb('ufs', 'Sets up UFS storage.'),
	verb('emmc', 'Sets up eMMC storage.'),
	verb('xml', 'Says that an XML file follows.'),
]);

export type Answer = {
	/** What an answer must have to be this one: attributes, and a word in its log line. */
	readonly has: Readonly<Record<string, string | undefined>>;
	readonly log?: string;
	/** `{name}` stands for an attribute, `{log}` for the log line. */
	readonly name: string;
	readonly description: string;
};

const size = 'MaxPayloadSizeToTargetInBytes';
/** What <response> says; the first that fits. An attribute of any value is undefined here. */
export const answers: readonly Answer[] = [
	{
		has: { value: 'NAK', [size]: undefined },
		name: `NAK MaxPayload={${size}}`,
		description: `Not an error: the loader proposes blocks of {${size}} bytes, and we take them.`,
	},
	{
		has: { value: 'NAK' },
		log: 'XML not formed correctly',
		name: 'NAK {log}',
		description:
			'Expected once after a download: the zeros of the last block reached the XML reader. We ask again.',
	},
	{
		has: { value: 'NAK' },
		name: 'NAK {log}',
		description: 'The loader refuses. Its log line says why.',
	},
	{
		has: { rawmode: 'true' },
		name: 'ACK rawmode=true',
		description: 'The loader is ready for raw sectors.',
	},
	{
		has: { rawmode: 'false' },
		name: 'ACK rawmode=false',
		description: 'Everything is written and accepted. XML again from here.',
	},
	{ has: {}, name: 'ACK', description: 'Done.' },
];

export const attributes: Readonly<Record<string, string>> = {
	value: 'ACK or NAK in an answer, the text in a log line, reset or off in a power command.',
	rawmode: 'true: raw sectors follow. false: XML again.',
	MemoryName: 'The kind of storage.',
	TargetName: 'The name of the chip.',
	Verbose: 'Whether the loader narrates more.',
	AlwaysValidate: 'Whether every packet is hashed.',
	ZlpAwareHost: 'Whether zero-length packets end transfers.',
	SkipStorageInit: 'Whether the storage is left as it is.',
	MaxPayloadSizeToTargetInBytes: 'The longest raw block that the loader takes, bytes.',
	MaxPayloadSizeToTargetInBytesSupported: 'The longest that it could take, bytes.',
	MaxPayloadSizeFromTargetInBytes: 'The longest raw block that the loader sends, bytes.',
	MaxDigestTableSizeInBytes: 'The longest table of hashes, bytes.',
	PAGES_PER_BLOCK: 'Pages in one block of the flash memory.',
	SECTOR_SIZE_IN_BYTES: 'Bytes in one sector.',
	num_partition_sectors: 'How many sectors follow.',
	start_sector: 'The first sector; -1 leaves it to the loader.',
	physical_partition_number: 'Which partition.',
	filename: 'The name of the file; a loader may look at its ending.',
	DelayInSeconds: 'Seconds before the reset.',
};

/** The attributes of a document as fields, where they stand in it. */
export function attributeFields(document: Buffer): DecodedField[] {
	const text = document.toString('latin1');
	const from = Math.max(0, text.indexOf('<data'));
	return [...text.slice(from).matchAll(/(?<![\w.-])([A-Za-z_][\w.-]*)\s*=\s*"([^"<]*)"/g)].map(
		(match) => {
			const [all, name = '', value = ''] = match;
			const description = Object.hasOwn(attributes, name)
				? attributes[name]!
				: 'An attribute that is not known here.';
			const offset = from + match.index;
			return {
				name,
				type: 'text',
				endian: 'little',
				offset,
				length: all.length,
				value,
				shown: value,
				description,
			};
		},
	);
}

const words = (within: number): ExpectedReply => ({ from: 'modem', what: 'ACK or NAK', within });

/** What is due after a document, by its main element. */
export function expectedReplyAfter(
	name: string,
	{ value, rawmode }: Readonly<Record<string, string>>,
): ExpectedReply | undefined {
	if (name === 'response' && value === 'ACK' && rawmode === 'true') {
		return {
			from: 'host',
			what: `raw sectors; then ACK rawmode=false, for which a Sierra loader takes up to ${firehoseCommitTimeout} s`,
			within: 10,
		};
	}
	const known = verbs.get(name.toLowerCase());
	return known && words(known.within);
}

/** Seconds to wait for the answer to a verb. */
export const verbTimeout = (name: string): number =>
	verbs.get(name.toLowerCase())?.giveUpAfter ?? 30;
