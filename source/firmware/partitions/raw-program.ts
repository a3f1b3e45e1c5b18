/**
 * Qualcomm's rawprogram and patch XML: what a Firehose programmer writes, and where. Source:
 * linux-msm/qdl program.c, patch.c. The file is a stranger's: whatever is not known is refused.
 */
import { exitCode, Problem } from '../../problem.ts';
import { type FirehoseElement, parseFirehose } from '../../protocol/firehose/firehose.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';

export type RawStep = {
	readonly verb: 'program' | 'erase' | 'patch';
	/** As they are sent; of a program without the file's own number of sectors. */
	readonly attributes: Readonly<Record<string, string>>;
	/** What it is for, safe to show. */
	readonly label: string;
	/** Bytes in one sector. */
	readonly sector: number;
	/** Sectors that there is room for; 0 when that is not said. */
	readonly room: number;
	/** The path of the image from the folder of the XML; only a program has one. */
	readonly image: string | undefined;
};

/** What a place is called that the XML gives no name. */
export const unnamed = 'a place';

/** Bytes of a file, and steps in it: real ones have some hundreds. */
export const longestXml = 4 * 1024 * 1024;
const mostSteps = 4096;

const whole = /^\d{1,10}$/;
/** Expressions are the programmer's to work out: they are passed on as they are. */
const sectorWords = /^(?:\d{1,10}|NUM_DISK_SECTORS-\d{1,10}\.?)$/;
const forms: Readonly<Record<string, RegExp>> = {
	SECTOR_SIZE_IN_BYTES: /^(?:512|1024|2048|4096|8192|16384)$/,
	num_partition_sectors: whole,
	physical_partition_number: /^\d{1,3}$/,
	start_sector: sectorWords,
	PAGES_PER_BLOCK: whole,
	last_sector: whole,
	byte_offset: whole,
	size_in_bytes: /^[1-8]$/,
	value: /^[\w(),.+*-]{1,200}$/,
};
const place = ['SECTOR_SIZE_IN_BYTES', 'physical_partition_number', 'start_sector'];
const ofNand = ['PAGES_PER_BLOCK', 'last_sector'];
const wanted: Readonly<Record<RawStep['verb'], readonly string[]>> = {
	program: [...place, 'num_partition_sectors'],
	erase: [...place, 'num_partition_sectors'],
	patch: [...place, 'byte_offset', 'size_in_bytes', 'value'],
};
/** Quectel's packages have images one folder above, as Windows writes it: `..\\sbl1.mbn` (QFirehose). */
const imageAt = /^(?:\.\.[/\\])?[^./\\][^/\\]*$/;
const isVerb = (name: string): name is RawStep['verb'] => Object.hasOwn(wanted, name);

/**
 * The steps of one file in its order. Throws a Problem, exit 5, at the first that is not understood:
 * half of a set is not written.
 */
export function parseRawProgram(name: string, bytes: Uint8Array): RawStep[] {
	const reject = (why: string): never => {
		throw new Problem(exitCode.fileRejected, `${name}: ${why}.`, {
			modem: 'Nothing was written.',
			next: 'use the rawprogram XML of the maker, as it came with its images.',
		});
	};
	const { elements, problem } = parseFirehose(bytes);
	if (problem !== undefined) reject(`it is no whole XML (${sanitize(problem)})`);
	const listed = elements.filter((element) => element.name !== 'patches');
	// The patch file of a NAND is empty.
	if (elements.length === 0) reject('it names nothing to write');
	if (listed.length > mostSteps) reject(`it has ${listed.length} steps, more than ${mostSteps}`);
	return listed.flatMap((element, index) => {
		const step = readStep(element);
		if (typeof step !== 'string') return step ?? [];
		return reject(`<${sanitize(element.name)}> number ${index + 1}: ${step}`);
	});
}

/** Undefined where nothing is to be done; a sentence where it is not understood. */
function readStep({ name, attributes: given }: FirehoseElement): RawStep | undefined | string {
	if (!isVerb(name)) return 'what it asks for is not known';
	const { filename = '', sparse = '', file_sector_offset: skip = '0' } = given;
	// A patch of a file on the disk was made when the image was built (qdl patch.c).
	if (name === 'program' && filename === '') return undefined;
	if (name === 'patch' && filename !== 'DISK') return undefined;
	const named = filename.replace(/^.*[/\\]/, '');
	const label = sanitize(given.label || given.what || named || unnamed).slice(0, 80);
	if (name === 'program') {
		if (/^(?:true|1)$/i.test(sparse))
			return `${label} is a sparse image, which is not unpacked here`;
		if (skip !== '0')
			return `${label} begins inside its image (file_sector_offset), which is not done`;
		if (!imageAt.test(filename)) {
			return `"${sanitize(filename)}" is not the name of a file beside it or one folder above`;
		}
	}
	const missing = wanted[name].find((key) => given[key] === undefined);
	if (missing !== undefined) return `${missing} is missing`;
	const sent = [...wanted[name], ...ofNand].filter((key) => given[key] !== undefined);
	const wrong = sent.find((key) => !forms[key]!.test(given[key]!));
	if (wrong !== undefined) return `${wrong} is "${sanitize(given[wrong]!).slice(0, 80)}"`;
	const room = Number(given.num_partition_sectors ?? 0);
	if (name === 'erase' && room === 0) return 'it would erase everything';
	return {
		verb: name,
		attributes: Object.fromEntries([
			...sent.map((key) => [key, given[key]!] as const),
			...(name === 'erase' ? [] : [['filename', filename] as const]),
		]),
		label,
		sector: Number(given.SECTOR_SIZE_IN_BYTES),
		room,
		image: name === 'program' ? filename.replace('\\', '/') : undefined,
	};
}
