/** Rawprogram files with the images beside them: what goes to which place of the flash memory. */
import { dirname, join } from 'node:path';
import { exitCode, Problem } from '../../problem.ts';
import { readHeader } from '../cwe/image-tree.ts';
import { imageType } from '../cwe/image-types.ts';
import { digestOf } from '../cwe/seal.ts';
import { openPlain, type PlainFile } from './plain-file.ts';
import { longestXml, parseRawProgram, type RawStep } from './raw-program.ts';

export type Step = Omit<RawStep, 'image'> & { readonly image: PlainFile | undefined };

export type PartitionSet = {
	/** The XML files, in the order in which they were named. */
	readonly paths: readonly string[];
	/** In the order in which they are sent: patches change what was written, and come last. */
	readonly steps: readonly Step[];
	/** Of the XML files. */
	readonly digest?: string | undefined;
	/** Bytes of all images. */
	readonly size: number;
	/** What the programmer calls the storage. */
	readonly storage: 'nand' | 'emmc' | 'ufs';
	close(): Promise<void>;
};

/**
 * Opens the XML files and every image, with `openFile` where they lie in a package: it is told how many
 * bytes are of use at most. Throws a Problem when one cannot be read or understood.
 */
export async function openPartitionSet(
	paths: readonly string[],
	openFile: (path: string, most: number) => Promise<PlainFile> = openPlain,
): Promise<PartitionSet> {
	const open: PlainFile[] = [];
	const keep = async (path: string, most: number) => {
		const file = await openFile(path, most);
		open.push(file);
		return file;
	};
	const close = async () => {
		for (const file of open) await file.close();
	};
	try {
		const steps: Step[] = [];
		const xmls: PlainFile[] = [];
		for (const path of paths) {
			const xml = await keep(path, longestXml);
			xmls.push(xml);
			for (const step of await readXml(xml)) {
				const at = step.image && join(dirname(path), step.image);
				const most = step.room > 0 ? step.room * step.sector : Number.POSITIVE_INFINITY;
				const image = at === undefined ? undefined : await keep(at, most).catch(lacking(xml));
				steps.push({ ...step, image });
			}
		}
		if (steps.length === 0) throw nothingToWrite(xmls);
		const ordered = [
			...steps.filter(({ verb }) => verb !== 'patch'),
			...steps.filter(({ verb }) => verb === 'patch'),
		];
		const size = steps.reduce((sum, { image }) => sum + (image?.size ?? 0), 0);
		return {
			paths,
			steps: ordered,
			digest: digestOf(xmls),
			size,
			storage: storageOf(steps),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

const nothingToWrite = (xmls: readonly PlainFile[]) =>
	new Problem(
		exitCode.fileRejected,
		`${xmls.map(({ name }) => name).join(', ')}: nothing is written by it.`,
		{ next: 'use the rawprogram XML of the maker, as it came with its images.' },
	);

const lacking = (xml: PlainFile) => (error: unknown) => {
	if (!(error instanceof Problem)) throw error;
	throw new Problem(exitCode.fileRejected, `${xml.name} names an image: ${error.message}`, {
		modem: 'Nothing was written.',
		next: 'put every image beside the XML, or where the XML says that it is.',
		cause: error,
	});
};

async function readXml(file: PlainFile): Promise<RawStep[]> {
	const bytes = await file.readBytes(0, longestXml + 1);
	const top = readHeader(bytes);
	if (isSierra(file.name) || (!('why' in top) && imageType(top.header.type))) {
		throw new Problem(exitCode.fileRejected, `${file.name} is ${sierraOnly}.`, {
			modem: 'Nothing was written.',
			next: 'flash it without --programmer, while the modem’s own boot loader answers.',
		});
	}
	if (bytes.length <= longestXml) return parseRawProgram(file.name, bytes);
	throw new Problem(exitCode.fileRejected, `${file.name} is too long for a rawprogram XML.`, {
		next: 'name the rawprogram XML, and keep its images beside it.',
	});
}

/** Qdl is told with an option; a NAND's file counts pages, and UFS has sectors of 4096. */
function storageOf(steps: readonly Step[]): PartitionSet['storage'] {
	if (steps.some(({ attributes }) => attributes.PAGES_PER_BLOCK !== undefined)) return 'nand';
	return steps.some(({ sector }) => sector === 4096) ? 'ufs' : 'emmc';
}

const isSierra = (name: string) => /\.(?:cwe|spk|nvu)$/i.test(name);
/** Written raw it would lie over the partition table: only Sierra's loader unpacks it. */
const sierraOnly =
	'Sierra firmware, which Sierra’s own loader unpacks: a programmer would write it raw over the partitions';

/** Why a step may not be carried out; undefined when its image fits. */
export async function unfit({ image, label, sector, room }: Step): Promise<string | undefined> {
	if (!image) return undefined;
	const head = await image.readBytes(0, 400);
	const top = readHeader(head);
	if (isSierra(image.name) || (!('why' in top) && imageType(top.header.type))) {
		return `${image.name} is ${sierraOnly}`;
	}
	// Android's sparse format (AOSP libsparse), which qdl unpacks.
	if (head.toString('hex', 0, 4) === '3aff26ed') return `${image.name} is a sparse image`;
	if (image.size === 0) return `${image.name} is empty`;
	const needs = Math.ceil(image.size / sector);
	return room > 0 && needs > room
		? `${image.name} needs ${needs} sectors, and ${label} has ${room}`
		: undefined;
}
