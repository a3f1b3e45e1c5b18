import type { BuildOptions, Plugin } from 'esbuild';

export type Scripts = {
	/** Their file names, those of the program; `cli.js` starts them. */
	readonly names: readonly string[];
	/** The files that were bundled, relative to the root. */
	readonly inputs: readonly string[];
};

export function buildScripts(
	outdir: string,
	options: Pick<BuildOptions, 'define' | 'external'> & {
		readonly plugins: readonly Plugin[];
		readonly isSingleFile: boolean;
	},
): Promise<Scripts>;
