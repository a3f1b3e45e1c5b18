import { expect, test } from 'vitest';
import {
	productOfFirmware,
	productOfHeader,
	productOfModel,
	products,
} from '../../source/modems/products.ts';
import { models } from '../../source/modems/simulated.ts';

test.each(
	products.filter(({ firmware }) => firmware).map((product) => [product.name, product] as const),
)('%s is found by what its firmware names, and by no other name first', (_, product) => {
	const { device, header, headers } = product.firmware!;
	expect(productOfFirmware(device)).toBe(product);
	expect(headers.test(header)).toBe(true);
	expect(productOfHeader(header)?.loader).toBe(product.loader);
});

test('a name is that of one product only', () => {
	const names = [
		...['RC7620', 'RC7611', 'WP7607', 'WP7702', 'EM7565', 'EM7511', 'MC7411', 'MC7421', 'MC7455'],
		...['EM7430', 'MC7304', 'EM7305', 'WP7504', 'AR7554', 'MC7700', 'EM9191', 'EM9291', 'EM7690'],
	];
	const found = names.map((name) => products.filter(({ models: own }) => own?.test(name)).length);
	expect(found).toEqual(names.map(() => 1));
});

test.each(Object.values(models).map((model) => [model.name, model] as const))(
	'the simulated %s is a model of its row, with the ids and the firmware of it',
	(name, model) => {
		expect(productOfModel(name)).toBe(model.family);
		const ids = [model.applicationPid, model.loaderPid].map((pid) => `${model.vid}:${pid}`);
		const [first] = model.family.usb;
		expect(ids).toEqual([first?.application, first?.loader].map((all) => all?.split(' ')[0]));
		expect(model.released.revision).toContain(`${model.device}_${model.released.firmware} `);
	},
);
