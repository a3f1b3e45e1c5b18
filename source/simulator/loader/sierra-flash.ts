import { imageResults } from '../../protocol/qdl/codes.ts';
import type { FirehoseFlash } from './firehose-loader.ts';
import { commit, type LoaderWorld } from './loader-world.ts';
import { receiveImage } from './received-image.ts';

const sector = 4096;

/** As a real one logged it: "Device returned error code 0x80 Invalid image type" (forum 35206). */
const asLogged = (code: number) =>
	`Device returned error code 0x${code.toString(16)} Invalid ${imageResults[code]?.name}`;

/** Sierra's own loader: it takes packages, judges and unpacks them, wherever they are said to go. */
export const sierraFlash = (world: LoaderWorld): FirehoseFlash => ({
	sector,
	names: { MemoryName: 'NAND', TargetName: '9x55' },
	info: [
		`SECTOR_SIZE_IN_BYTES=${sector}`,
		world.traits.firehose.pages,
		'SWI supported functions: CWE',
	],
	program: async (_, bytes) => {
		const { product } = world.model;
		const refuses = world.traits.refusesImages !== undefined;
		const verdict = await receiveImage(bytes, { product, sector }, (writes) =>
			commit(world, writes && !refuses),
		);
		if ('refused' in verdict) return verdict.refused;
		const code = world.traits.refusesImages;
		if (code !== undefined) return asLogged(code);
		world.accepted(verdict.accepted);
		return undefined;
	},
});
