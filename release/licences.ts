/** The licences of everything that is inside a bundle. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One text, package by package. `inputs` are the bundled files, relative to the root. */
export async function licences(inputs: readonly string[], node: string): Promise<string> {
	const packages = new Set(
		inputs.flatMap((path) => path.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
	);
	const texts = await Promise.all([...packages].sort().map(licenceOf));
	return [
		'modemscope',
		await readFile('LICENSE', 'utf8'),
		...texts,
		'Node.js',
		await readFile(join(node, 'LICENSE'), 'utf8'),
	].join('\n\n');
}

async function licenceOf(folder: string): Promise<string> {
	const { name, version, license } = JSON.parse(
		await readFile(join(folder, 'package.json'), 'utf8'),
	);
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file ? await readFile(join(folder, file), 'utf8') : `${license} licence`;
	return `${name} ${version}\n\n${text}`;
}
