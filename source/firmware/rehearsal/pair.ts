/**
 * Two files to rehearse with, as older products get them: firmware, and the settings of a
 * carrier. Noise under right CRCs; the version strings have the maker's form.
 */
import { writeFile } from 'node:fs/promises';
import { type Model, models } from '../../modems/simulated.ts';
import { buildImage, type ImageSpec, imageLength } from './build-image.ts';
import { markedPsb } from './mark.ts';
import { noise } from './noise.ts';
import { buildVersionOf, packageVersionOf } from './versions.ts';

const pars = 0x50617273;

type LengthOf = (usual: number) => number;
/** For a file that is quickly sent. */
export const atMost =
	(longest: number): LengthOf =>
	(usual) =>
		Math.min(usual, longest);

/** Writes both files; `lengthOf` makes of the usual length of a leaf of the firmware another one, bytes. */
export async function rehearsalPair(
	{ firmware, settings }: { firmware: string; settings: string },
	lengthOf: LengthOf = (usual) => usual,
	model: Model = models.MC7455,
): Promise<void> {
	await writeFile(firmware, buildImage(firmwareTree(model, lengthOf)));
	await writeFile(settings, buildImage(settingsTree(model)));
}

/** The firmware of the two, in memory. */
export const firmwareBytes = (lengthOf: LengthOf, model: Model = models.MC7455): Buffer =>
	Buffer.from(buildImage(firmwareTree(model, lengthOf)));

const sharedOf = ({ product, update }: Model) => ({ product, date: update.date });

function firmwareTree(model: Model, lengthOf: LengthOf): ImageSpec {
	const shared = sharedOf(model);
	const version = buildVersionOf(model);
	const leaf = (type: string, length: number, seed: number): ImageSpec => ({
		...shared,
		type,
		version,
		payload: noise(type, lengthOf(length), seed),
	});
	const group = (type: string, children: ImageSpec[]) => ({ ...shared, type, version, children });
	const { device, update } = model;
	return marked(model, `INTERNAL_?_${device}_${update.firmware}_?_?_?_?`, [
		group('BOOT', [leaf('SBL1', 316_000, 1), leaf('QPAR', 6_480, 2)]),
		group('MODM', [leaf('DSP2', 8_400_000, 3)]),
		group('APPL', [leaf('APPS', 4_700_000, 4), leaf('SYST', 6_200_000, 5)]),
	]);
}

const marked = (model: Model, version: string, children: ImageSpec[]): ImageSpec => {
	const size = children.reduce((sum, child) => sum + imageLength(child), 0);
	return { ...sharedOf(model), type: 'SPKG', version, psb: markedPsb(size), children };
};

function settingsTree(model: Model): ImageSpec {
	const shared = sharedOf(model);
	const version = packageVersionOf(model);
	const payload = noise('NVUP', 9_872, 6);
	const settings = { ...shared, type: 'NVUP', version, magic: pars, payload };
	const file = { ...shared, type: 'FILE', version: '/swir/nvdelta/NVUP_GENERIC.003' };
	return marked(model, version, [{ ...file, children: [settings] }]);
}
