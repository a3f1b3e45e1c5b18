/** What md5.txt says of the files of a package, and whether they have it. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { PackageFiles } from './package-files.ts';

export type FileCheck = {
	/** The path in the package. */
	readonly file: string;
	readonly state: 'checked' | 'failed' | 'not checkable';
	/** One sentence. */
	readonly says: string;
};

/** `EC25:\update\sbl1.mbn:0123…`: the path behind the package's name, in upper-case hex (QFirehose md5.c). */
const line = /:\\([^:]+):([0-9a-f]{32})\b/i;

export const sumsIn = (text: string): Map<string, string> =>
	new Map(
		text.split('\n').flatMap((row) => {
			const [, path = '', sum = ''] = line.exec(row) ?? [];
			return sum ? [[path.replaceAll('\\', '/'), sum.toLowerCase()] as const] : [];
		}),
	);

/** Checks each file that md5.txt names, and says which of the `needed` ones it does not name. */
export async function checkSums(
	files: PackageFiles,
	root: string,
	sums: ReadonlyMap<string, string>,
	needed: readonly string[],
): Promise<FileCheck[]> {
	const checks: FileCheck[] = [];
	const named = new Map([...sums].map(([path, sum]) => [`${root}${path}`, sum]));
	for (const [file, sum] of named) {
		if (!files.sizes.has(file)) continue;
		const hash = createHash('md5');
		await pipeline(await files.stream(file), hash);
		const found = hash.digest('hex');
		checks.push(
			found === sum
				? { file, state: 'checked', says: `It has the MD5 of md5.txt, ${sum}.` }
				: { file, state: 'failed', says: `md5.txt says MD5 ${sum}, and it has ${found}.` },
		);
	}
	for (const file of needed) {
		if (named.has(file)) continue;
		checks.push({ file, state: 'not checkable', says: 'md5.txt does not name it.' });
	}
	return checks.map((check) => ({ ...check, says: sanitize(check.says) }));
}
