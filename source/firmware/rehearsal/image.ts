/**
 * A package to rehearse with: the tree of the RC7620 field case, every offset as in its log
 * (test/field/rc7620-update-download-2023-06-01.log), filled with noise. The log does not name
 * types; here they are inferred from sizes and order.
 */
import { writeFile } from 'node:fs/promises';
import { type Model, models } from '../../modems/simulated.ts';
import type { Header } from '../cwe/header.ts';
import { buildImage, type ImageSpec, imageLength } from './build-image.ts';
import { markedPsb } from './mark.ts';
import { noise } from './noise.ts';
import { buildVersionOf, packageVersionOf } from './versions.ts';

const pars = 0x50617273;

/** Writes the file to a path; for an RC7620 it has the 34 879 232 bytes of the field case. */
export async function rehearsalImage(path: string, model: Model = models.RC7620): Promise<void> {
	await writeFile(path, buildImage(tree(model, Number.POSITIVE_INFINITY)));
}

/** The same tree in some 2 MB: the large leaves are cut. */
export async function smallRehearsalImage(
	path: string,
	model: Model = models.RC7620,
): Promise<void> {
	await writeFile(path, buildImage(tree(model, 300_000)));
}

/** The same tree in memory, where no leaf has more than `longest` bytes. */
export const rehearsalBytes = (longest: number, model: Model = models.RC7620): Buffer =>
	Buffer.from(buildImage(tree(model, longest)));

/** @param longest bytes that a leaf may have */
function tree(model: Model, longest: number): ImageSpec {
	const { product, update } = model;
	const { date } = update;
	const packageVersion = packageVersionOf(model);
	const buildVersion = buildVersionOf(model);
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
