/** A package as Quectel lays them out (QFirehose), of what a rehearsed emergency loader takes. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { noise } from './noise.ts';
import { rehearsalProgrammer } from './partitions.ts';

const place = 'PAGES_PER_BLOCK="64" SECTOR_SIZE_IN_BYTES="4096" physical_partition_number="0"';

/** Name as the XML has it, bytes, first page, pages: an EC25 with pages of 4 KiB, made smaller. */
const images = [
	['partition_complete_p4K_b256K.mbn', 12_000, 64, 64],
	['..\\tz.mbn', 300_001, 512, 128],
	['..\\NON-HLOS.ubi', 2_000_000, 640, 1024],
	// What starts the chip comes last, so that a flash that breaks off leaves it in this loader.
	['..\\sbl1.mbn', 120_000, 0, 64],
] as const;

const folder = 'update/firehose';
const xmlName = 'rawprogram_nand_p4K_b256K_update.xml';

/** Every file of it, by its path in it. */
export function rehearsalPackageFiles(): Map<string, Buffer> {
	const files = new Map<string, Buffer>();
	for (const [index, [name, length]] of images.entries()) {
		const content = Buffer.alloc(length);
		noise('', length, index + 20).fill(content);
		files.set(join(folder, name.replace('\\', '/')), content);
	}
	const at = (start: number, pages: number) =>
		`${place} num_partition_sectors="${pages}" start_sector="${start}"`;
	const steps = [
		...images.map(([, , start, pages]) => `<erase ${at(start, pages)}/>`),
		...images.map(([name, , start, pages]) => `<program ${at(start, pages)} filename="${name}"/>`),
	];
	files.set(
		join(folder, xmlName),
		Buffer.from(`<?xml version="1.0" ?>\n<data>\n${steps.join('\n')}\n</data>\n`),
	);
	files.set(
		join(folder, 'patch_p4K_b256K.xml'),
		Buffer.from('<?xml version="1.0" ?>\n<patches>\n</patches>\n'),
	);
	files.set(join(folder, 'prog_nand_firehose_9x07.mbn'), rehearsalProgrammer());
	files.set('contents.xml', Buffer.from('<?xml version="1.0" ?>\n<contents/>\n'));
	const sums = [...files].map(
		([name, content]) => `EC25:\\${name.replaceAll('/', '\\')}:${md5(content)}\r\n`,
	);
	return files.set('md5.txt', Buffer.from(sums.join('')));
}

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex').toUpperCase();

/** Writes it into a folder, which is made. */
export async function rehearsalPackage(root: string): Promise<void> {
	for (const [name, content] of rehearsalPackageFiles()) {
		await mkdir(dirname(join(root, name)), { recursive: true });
		await writeFile(join(root, name), content);
	}
}
