/**
 * Firmware to rehearse with: the tree of the RC7620 field case, every offset as in its log
 * (test/field/rc7620-update-download-2023-06-01.log), filled with noise. The log does not name
 * types; here they are inferred from sizes and order.
 */
import { writeFile } from 'node:fs/promises';
import type { Header } from '../cwe/header.ts';
import { buildImage, type ImageSpec, imageLength } from './build-image.ts';
import { markedPsb } from './mark.ts';
import { noise } from './noise.ts';

const product = '9X07';
const date = '03/21/22';
const packageVersion = '9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000';
const buildVersion = 'SWI9X07H_00.08.24.02 f90cbd jenkins 2022/03/21 03:47:54';
const pars = 0x50617273;

/** Writes the file of the field case, 34 879 232 bytes, to a path. */
export async function rehearsalImage(path: string): Promise<void> {
	await writeFile(path, buildImage(tree(Number.POSITIVE_INFINITY)));
}

/** The same tree in some 2 MB: the large leaves are cut. */
export async function smallRehearsalImage(path: string): Promise<void> {
	await writeFile(path, buildImage(tree(300_000)));
}

/** @param longest bytes that a leaf may have */
function tree(longest: number): ImageSpec {
	let leaves = 0;
	const leaf = (type: string, length: number, more: Partial<Header> = {}): ImageSpec => {
		leaves += 1;
		const payload = noise(type, Math.min(length, longest), leaves);
		return { type, product, date, version: buildVersion, ...more, payload };
	};
	const group = (type: string, children: ImageSpec[], more: Partial<Header> = {}): ImageSpec => ({
		type,
		product,
		date,
		version: buildVersion,
		...more,
		children,
	});
	const settings = (name: string, length: number) =>
		group('FILE', [leaf('NVUP', length, { version: packageVersion, magic: pars })], {
			version: `/swir/nvdelta/${name}`,
		});
	const children = [
		group('BOOT', [leaf('QPAR', 6_480), leaf('SBL1', 418_004)]),
		group('MODM', [leaf('HASH', 6_520), leaf('DSP2', 238_464), leaf('DSP1', 25_505_712)]),
		group('APPL', [
			leaf('HASH', 6_560),
			leaf('APPS', 934_900),
			leaf('TZON', 102_512),
			leaf('USER', 156_744),
		]),
		group(
			'FILE',
			[
				settings('NVUP_GENERIC.001', 6_480),
				settings('NVUP_GENERIC.002', 42_305),
				settings('NVUP_GENERIC.003', 202),
			],
			{ version: '' },
		),
		group('APPL', [leaf('HASH', 6_520), leaf('SYST', 6_923_360), leaf('APBL', 131_112)]),
		group('FILE', [settings('NVUP_CARRIER.001', 6_480), settings('NVUP_CARRIER.002', 375_277)], {
			version: '',
		}),
	];
	const size = children.reduce((sum, child) => sum + imageLength(child), 0);
	return {
		type: 'SPKG',
		product,
		date,
		version: packageVersion,
		psb: markedPsb(size),
		children,
	};
}
