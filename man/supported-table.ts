/** The README's table of supported modems, made from the table of modems. */
import { roleAt } from '../source/modems/layouts.ts';
import type { Product } from '../source/modems/product.ts';
import { products } from '../source/modems/products.ts';

const loaders = { sahara: 'Sahara, Firehose', qdl: 'QDL' } as const;

/** The serial drivers of Linux that list its ids, by the sources of the rows. */
function driversOf({ usb }: Product): string {
	const found = usb.flatMap(
		({ source }) => source.match(/\b(?:qcserial|option|sierra)(?=\.c)/g) ?? [],
	);
	return [...new Set(found)].join(', ') || 'not looked up';
}

const hasAt = ({ usb }: Product) =>
	usb.some(
		({ layout }) =>
			layout && Array.from({ length: 12 }, (_, at) => roleAt(layout, at)).includes('AT'),
	);

function flashOf({ loader, packages }: Product): string {
	if (loader) return loaders[loader];
	return packages ? 'packages, in EDL' : 'no';
}

function provenOn({ loader, packages, simulated, name }: Product): string {
	if (packages) return 'simulated chip in EDL; never tried on one of these';
	const field = name === 'RC76xx' ? 'two field logs read; ' : '';
	if (simulated)
		return `${field}simulated ${simulated.map((model) => model.name).join(', ')} on a real kernel`;
	return loader ? 'not tried; written from public sources' : 'not tried; known by its ids';
}

const row = (product: Product) =>
	[
		product.name,
		driversOf(product),
		hasAt(product) ? 'its port is known' : 'ports are tried',
		'yes',
		flashOf(product),
		provenOn(product),
	].join(' | ');

export const supportedTable = (): string =>
	[
		'| family | driver in Linux | AT | watch | flash | proven on |',
		'| --- | --- | --- | --- | --- | --- |',
		...products.filter(({ models, loader }) => models || loader).map((one) => `| ${row(one)} |`),
	].join('\n');

const begin = '<!-- made by npm run build:docs -->';
const end = '<!-- end -->';

/** The README with the table of today between its two marks. Throws when they are not there. */
export function withSupportedTable(readme: string): string {
	const [before, after] = [readme.indexOf(begin), readme.indexOf(end)];
	if (before < 0 || after < before) throw new Error(`README.md lacks ${begin} or ${end}`);
	return `${readme.slice(0, before)}${begin}\n\n${supportedTable()}\n\n${readme.slice(after)}`;
}
