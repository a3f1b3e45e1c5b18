/** docs/modems.md, made from the table of modems. */
import { layoutText } from '../source/modems/layouts.ts';
import type { Product, UsbIds } from '../source/modems/product.ts';
import { products } from '../source/modems/products.ts';
import { wayIn } from '../source/modems/ways-in.ts';
import { supportedTable } from './supported-table.ts';

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (cells: readonly (string | undefined)[]) => `| ${cells.map(cell).join(' | ')} |`;

const loaders = { sahara: 'Sahara, Firehose', qdl: 'QDL' } as const;

const family = (product: Product) =>
	row([
		product.name,
		product.chip,
		product.firmware?.device,
		product.loader && loaders[product.loader],
		product.waysIn && wayIn(product),
		product.simulated?.map(({ name }) => name).join(', '),
	]);

const ids = ({ name }: Product, usb: UsbIds) =>
	row([
		usb.name ?? name,
		usb.application ?? usb.other,
		usb.loader ?? usb.edl ?? usb.memoryDump,
		usb.layout && layoutText(usb.layout),
		usb.source,
	]);

export const modemsPage = (): string =>
	[
		'# Modems',
		'',
		'What is known of each family, made from `source/modems/` by `npm run build:docs`. A modem that is',
		'not here is watched, spoken to and recorded all the same; a flash of it asks more.',
		'',
		'A flash is proven on simulated models, and on no real modem yet; docs/flash.md and docs/fidelity.md',
		'say what each step rests on.',
		'',
		supportedTable(),
		'',
		'## Chips, firmware and loaders',
		'',
		'| family | chip | firmware | loader speaks | the way into its loader | simulated |',
		'| --- | --- | --- | --- | --- | --- |',
		...products.filter(({ models, loader }) => models || loader).map(family),
		'',
		'## USB ids',
		'',
		'An id in both columns serves both lives: the number of interfaces tells them apart. The roles are',
		'those of the interfaces from number 0 on.',
		'',
		'| sold as | application | loader, EDL or memory dump | interfaces | source |',
		'| --- | --- | --- | --- | --- |',
		...products.flatMap((product) => product.usb.map((usb) => ids(product, usb))),
		'',
	].join('\n');
