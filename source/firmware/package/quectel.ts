/**
 * Quectel's firmware packages for modules on Qualcomm's chips, as QFirehose takes them: md5.txt,
 * images in `update/`, and in `update/firehose/` the programmer and the XML that names the images.
 */
import { stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { exitCode, Problem } from '../../problem.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { openPartitionSet, type PartitionSet } from '../partitions/partition-set.ts';
import type { PlainFile } from '../partitions/plain-file.ts';
import { filesInFolder } from './folder.ts';
import { checkSums, type FileCheck, sumsIn } from './md5.ts';
import { type PackageFiles, packageRefused } from './package-files.ts';

export type FirmwarePackage = {
	readonly path: string;
	/** Of the folder or the archive. */
	readonly name: string;
	readonly programmer: PlainFile;
	readonly set: PartitionSet;
	/** One for each file that md5.txt names, and for each that is needed and not named there. */
	readonly checks: readonly FileCheck[];
	/** What was left aside, and why: sentences. */
	readonly notes: readonly string[];
	close(): Promise<void>;
};

/** Opens it and checks every sum. Throws a Problem when it is no such package, or not safe to unpack. */
export async function openPackage(path: string): Promise<FirmwarePackage> {
	const name = basename(path);
	const isFolder = (await stat(path)).isDirectory();
	const files = await (isFolder ? filesInFolder(path) : zipFiles(path));
	const open: { close(): Promise<void> }[] = [files];
	const close = async () => {
		for (const one of open.toReversed()) await one.close();
	};
	try {
		const { root, programmer, xmls, notes } = partsOf(name, [...files.sizes.keys()]);
		const inside = (at: string) => posix.relative(posix.normalize(path), posix.normalize(at));
		const openInside = (at: string, most: number) => openWithin(name, files, inside(at), most);
		const set = await openPartitionSet(
			xmls.map((xml) => join(path, xml)),
			openInside,
		);
		open.push(set);
		const program = await openWithin(name, files, programmer, longestProgrammer);
		open.push(program);
		const images = set.steps.flatMap(({ image }) => (image ? [inside(image.path)] : []));
		const needed = [...new Set([programmer, ...xmls, ...images])];
		const sums = await readSums(files, `${root}md5.txt`);
		const checks = await checkSums(files, root, sums, needed);
		return { path, name, programmer: program, set, checks, notes, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Most people never open one. */
const zipFiles = async (path: string): Promise<PackageFiles> =>
	(await import('./zip.ts')).filesInZip(path);

/** Bytes; real ones have less than 1 MB. */
const longestProgrammer = 64 * 1024 * 1024;

/** Nothing is unpacked that is longer than what it is for. */
function openWithin(
	name: string,
	files: PackageFiles,
	file: string,
	most: number,
): Promise<PlainFile> {
	const size = files.sizes.get(file) ?? 0;
	if (size <= most) return files.open(file);
	throw packageRefused(name, `has ${grouped(size)} bytes in ${file}, where ${grouped(most)} fit`);
}

/** Those of other makes have no such line; longer ones are none either. */
const longestSums = 1024 * 1024;

async function readSums(files: PackageFiles, name: string): Promise<Map<string, string>> {
	if ((files.sizes.get(name) ?? longestSums) >= longestSums) return new Map();
	const chunks: Buffer[] = [];
	for await (const chunk of await files.stream(name)) chunks.push(chunk);
	return sumsIn(Buffer.concat(chunks).toString('utf8'));
}

/** QFirehose's names of programmers, the first that is there. */
const programmers = [
	/^prog_nand_firehose_.*\.mbn$/,
	/^prog_emmc_firehose_.*\.mbn$/,
	/^prog_firehose_.*\.(?:mbn|elf)$/,
	/^firehose-prog.*\.mbn$/,
	/^prog_.*\.mbn$/,
];
/** Its names of XML, in the order in which they are sent. */
const namedPrograms = /^(?:rawprogram_|firehose-rawprogram).*\.xml$/;
const numberedPrograms = /^rawprogram\d.*\.xml$/;
const namedPatches = /^patch[_-].*\.xml$/;
const numberedPatches = /^patch\d\.xml$/;

/** Which of the files does what. */
function partsOf(name: string, names: readonly string[]) {
	const folders = [...new Set(names.map((each) => posix.dirname(each)))];
	const firehose = folders.find((folder) => /(?:^|\/)update\/firehose$/.test(folder));
	const sums = names.find((each) => posix.basename(each) === 'md5.txt');
	const folder = firehose ?? posix.dirname(sums ?? '.');
	const here = names.filter((each) => posix.dirname(each) === folder);
	const like = (pattern: RegExp) =>
		here.filter((each) => pattern.test(posix.basename(each))).sort();
	const only = (what: string, found: readonly string[]) => {
		if (found.length <= 1) return found;
		const shown = found.map((each) => posix.basename(each)).join(', ');
		throw packageRefused(
			name,
			`has ${found.length} ${what}, and which one is meant is not known: ${shown}`,
		);
	};
	const found = programmers.map(like).find(({ length }) => length > 0) ?? [];
	const [programmer] = only('programmers', found);
	const { kept, left } = withoutFactory(like(namedPrograms));
	const programs = [...only('rawprogram files', kept), ...like(numberedPrograms)];
	if (programmer === undefined || programs.length === 0) throw noPackage(name, names);
	const patches = [...only('patch files', like(namedPatches)), ...like(numberedPatches)];
	const root = firehose?.replace(/update\/firehose$/, '') ?? (folder === '.' ? '' : `${folder}/`);
	const notes = left.map(
		(each) => `${posix.basename(each)} is left aside: it is for the factory, and erases settings.`,
	);
	return { root, programmer, xmls: [...programs, ...patches], notes };
}

function noPackage(name: string, names: readonly string[]): Problem {
	const sierra = names.find((each) => /\.(?:spk|cwe|nvu)$/i.test(each));
	if (sierra === undefined) {
		return packageRefused(
			name,
			'is no known firmware package: it has no programmer and rawprogram XML in update/firehose',
		);
	}
	return new Problem(
		exitCode.fileRejected,
		`${sanitize(name)} is no firmware file, and holds one: ${sanitize(sierra)}.`,
		{ next: 'unpack it and use that file.' },
	);
}

/** Where one for updates is there, that for the factory, which erases EFS, is not meant. */
function withoutFactory(found: readonly string[]) {
	const hasUpdate = found.some((each) => each.includes('_update'));
	const isLeft = (each: string) => hasUpdate && each.includes('_factory');
	return { kept: found.filter((each) => !isLeft(each)), left: found.filter(isLeft) };
}
