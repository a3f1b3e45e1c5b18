import type { FirehoseFlash } from './firehose-loader.ts';
import { commit, type LoaderWorld } from './loader-world.ts';
import { receiveImage } from './received-image.ts';

const sector = 4096;

/** Sierra's own loader: it takes packages, judges and unpacks them, wherever they are said to go. */
export const sierraFlash = (world: LoaderWorld): FirehoseFlash => ({
	sector,
	names: { MemoryName: 'NAND', TargetName: '9x55' },
	info: [`SECTOR_SIZE_IN_BYTES=${sector}`, 'pages_in_block=64', 'SWI supported functions: CWE'],
	program: async (_, bytes) => {
		const { product } = world.model;
		const refuses = world.traits.refusesImages !== undefined;
		const verdict = await receiveImage(bytes, { product, sector }, (writes) =>
			commit(world, writes && !refuses),
		);
		if ('refused' in verdict) return verdict.refused;
		if (refuses) return 'the image cannot be used';
		world.accepted(verdict.accepted);
		return undefined;
	},
});
