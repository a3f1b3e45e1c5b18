import { expect, test } from 'vitest';
import { productOfModel, products } from '../../source/modems/products.ts';
import { wayIn, wayOut, waysIn } from '../../source/modems/ways-in.ts';

const of = (model: string) => productOfModel(model);

test.each([
	['RC7620', /^power cycle it with TP1 low$/],
	['WP7702', /^power cycle it with TP1 low$/],
	['EM7565', /^power cycle it and catch it with AT!BOOTHOLD, with DPR .* floating$/],
	['MC7455', /^power cycle it and catch it with AT!BOOTHOLD$/],
	['EM9191', /^power cycle it and catch it with AT!BOOTHOLD$/],
	['EC25-E', /^power cycle it with USB_BOOT at VDD_EXT/],
	['LE910C1', /^power cycle it$/],
])('the way into the loader of %s', (model, way) => {
	expect(of(model)).toBeDefined();
	expect(wayIn(of(model))).toMatch(way);
});

test('a modem that has no TP1 is told nothing of it, and one with TP1 to let go of it', () => {
	const withTp1 = products.filter(({ waysIn: ways }) => ways?.pin?.name === 'TP1');
	expect(withTp1.map(({ name }) => name)).toEqual(['RC76xx', 'WP76xx', 'WP77xx']);
	for (const product of products) {
		const texts = [wayIn(product), wayOut(product), ...waysIn(product)].join('\n');
		expect(texts.includes('TP1'), product.name).toBe(withTp1.includes(product));
	}
});

test('of a modem that is not known it is said which modems have TP1', () => {
	expect(wayIn(undefined)).toMatch(/RC76, WP76 and WP77: with TP1 low/);
	expect(waysIn(undefined).join(' ')).toMatch(/RC76, WP76 and WP77: with TP1 low/);
	expect(wayOut(undefined)).toBe('let go of its boot pin, if it is set, and power cycle it');
});
