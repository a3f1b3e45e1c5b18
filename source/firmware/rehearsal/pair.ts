/**
 * Two files to rehearse with, as older products get them: firmware for an MC7455, and the settings
 * of a carrier. Noise under right CRCs; the version strings have the maker's form.
 */
import { writeFile } from 'node:fs/promises';
import { buildImage, type ImageSpec, imageLength } from './build-image.ts';
import { markedPsb } from './mark.ts';
import { noise } from './noise.ts';

const shared = { product: '9X30', date: '08/26/20' };
const firmwareVersion = 'INTERNAL_?_SWI9X30C_02.33.03.00_?_?_?_?';
const settingsVersion = '9999999_9904609_SWI9X30C_02.33.03.00_00_GENERIC_002.072_000';
const buildVersion = 'SWI9X30C_02.33.03.00 r8209 CARMD-EV-FRMWR2 2019/08/28 20:59:30';
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
): Promise<void> {
	await writeFile(firmware, buildImage(firmwareTree(lengthOf)));
	await writeFile(settings, buildImage(settingsTree));
}

function firmwareTree(lengthOf: LengthOf): ImageSpec {
	const leaf = (type: string, length: number, seed: number): ImageSpec => ({
		...shared,
		type,
		version: buildVersion,
		payload: noise(type, lengthOf(length), seed),
	});
	return marked(firmwareVersion, [
		group('BOOT', [leaf('SBL1', 316_000, 1), leaf('QPAR', 6_480, 2)]),
		group('MODM', [leaf('DSP2', 8_400_000, 3)]),
		group('APPL', [leaf('APPS', 4_700_000, 4), leaf('SYST', 6_200_000, 5)]),
	]);
}

const group = (type: string, children: ImageSpec[]): ImageSpec => ({
	...shared,
	type,
	version: buildVersion,
	children,
});

const marked = (version: string, children: ImageSpec[]): ImageSpec => {
	const size = children.reduce((sum, child) => sum + imageLength(child), 0);
	return { ...shared, type: 'SPKG', version, psb: markedPsb(size), children };
};

const settingsTree = marked(settingsVersion, [
	{
		...shared,
		type: 'FILE',
		version: '/swir/nvdelta/NVUP_GENERIC.003',
		children: [
			{
				...shared,
				type: 'NVUP',
				version: settingsVersion,
				magic: pars,
				payload: noise('NVUP', 9_872, 6),
			},
		],
	},
]);
