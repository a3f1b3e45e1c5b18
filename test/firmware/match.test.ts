import { describe, expect, test } from 'vitest';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { type Modem, matchModem } from '../../source/firmware/match.ts';
import { judgePairs } from '../../source/firmware/pair.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { versionsOf } from '../../source/firmware/versions.ts';

type Spec = { version?: string; product?: string; name?: string; types?: string[] };

async function open({ version = '', product = '9X07', name = 'f.spk', types = ['SBL1'] }: Spec) {
	const children = types.map((type) => ({ type, product, payload: Buffer.alloc(9, 7) }));
	const file = buildImage({ type: 'SPKG', product, version, date: '01/01/23', children });
	const read = async (at: number, length: number) => file.subarray(at, at + length);
	const { images } = await readImages(read, 0, file.length);
	return { images, versions: versionsOf(images, name), name };
}

const version = (device: string, firmware: string, carrier = 'GENERIC') =>
	`9999999_9909667_${device}_${firmware}_00_${carrier}_001.110_000`;

const match = async (spec: Spec, modem: Modem) =>
	Object.fromEntries(
		matchModem(await open(spec), modem).map(({ name, state, says }) => [name, { state, says }]),
	);

describe('product', () => {
	test.each([
		['SWI9X07H', 'RC7620', 'ok'],
		['SWI9X07Y', 'WP7607', 'ok'],
		['SWI9X07Y', 'RC7620', 'refuse'],
		['SWI9X07H', 'WP7607', 'refuse'],
		['SWI9X06Y', 'WP7702', 'ok'],
		['SWI9X06Y', 'RC7611', 'refuse'],
		['SWI9X50C', 'EM7565', 'ok'],
		['SWI9X50C', 'MC7421', 'ok'],
		['SWI9X50C', 'RC7620', 'refuse'],
		['SWI9X30C', 'MC7455', 'ok'],
		['EM7455', 'EM7455', 'ok'],
		['SWI9X15C', 'MC7354', 'ok'],
		['SWIX55C', 'EM9191', 'ok'],
		['SWIX65C', 'EM9191', 'refuse'],
		['9200', 'MC7700', 'ok'],
		['SWI9X07H', 'XY9000', 'warn'],
		['ABC', 'MC7700', 'refuse'],
	])('firmware for %s on %s: %s', async (device, model, state) => {
		const { product } = await match({ version: version(device, '01.02.03.04') }, { model });
		expect(product?.state).toBe(state);
		expect(product?.says).toContain(device);
	});

	test('a file of the sister line is told from one of another chip', async () => {
		const modem = { model: 'RC7620' };
		expect((await match({ version: version('SWI9X07Y', '02.28.03.05') }, modem)).product).toEqual({
			state: 'refuse',
			says: 'the file is for SWI9X07Y; RC7620 has the same chip, but takes SWI9X07H',
		});
	});

	test('where no version names the device, the product of the header counts', async () => {
		const by = async (product: string) =>
			(await match({ product }, { model: 'RC7620' })).product?.state;
		expect(await by('9X07')).toBe('ok');
		expect(await by('9x28')).toBe('ok');
		expect(await by('9X50')).toBe('refuse');
		expect(await by('A911')).toBe('warn');
	});
});

describe('version', () => {
	const from = (now: string | undefined, to: string) =>
		match({ version: version('SWI9X07H', to) }, { model: 'RC7620', version: now });
	test.each([
		['00.03.03.00', '00.08.24.02', 'ok', /^from 00.03.03.00 to 00.08.24.02$/],
		['SWI9X07H_00.08.24.02 f90cbd', '00.03.03.00', 'warn', /^downgrade: /],
		['00.08.24.02', '00.08.24.02', 'ok', /^the same version again/],
		[undefined, '00.08.24.02', 'ok', /what it runs now is not known$/],
		['nonsense', '00.08.24.02', 'ok', /what it runs now is not known$/],
	])('from %s to %s: %s', async (now, to, state, says) => {
		expect((await from(now, to)).version).toEqual({ state, says: expect.stringMatching(says) });
	});

	test.each([
		['00.06.02.00', '01.14.02.00', 'warn', /write 01.05.01.00 first, then 01.14.02.00/],
		['00.06.02.00', '01.05.01.00', 'ok', /no step/],
		['01.05.01.00', '01.14.02.00', 'ok', /no step/],
		['01.14.02.00', '01.05.01.00', 'warn', /does not go back below 01.07.00.00/],
	])('EM7565 from %s to %s: %s', async (now, to, state, says) => {
		const found = await match(
			{ version: version('SWI9X50C', to), product: '9X50' },
			{ model: 'EM7565', version: now },
		);
		expect(found['step path']).toEqual({ state, says: expect.stringMatching(says) });
	});

	test('other products have no known step path', async () => {
		expect(await from('00.03.03.00', '00.08.24.02')).not.toHaveProperty('step path');
	});
});

test('another carrier is a warning, given alone or in a whole version string', async () => {
	const spec = { version: version('SWI9X07H', '00.08.24.02') };
	const carrier = async (modem: Partial<Modem>) =>
		(await match(spec, { model: 'RC7620', ...modem })).carrier;
	expect(await carrier({ carrier: 'SIERRA' })).toEqual({
		state: 'warn',
		says: 'carrier GENERIC 001.110_000; the modem has SIERRA now',
	});
	expect((await carrier({ version: version('SWI9X07H', '00.03.03.00', 'VERIZON') }))?.state).toBe(
		'warn',
	);
	expect((await carrier({ carrier: 'generic' }))?.state).toBe('ok');
	expect(await carrier({})).toBeUndefined();
});

describe('a cwe and an nvu are judged as a pair', () => {
	const cwe = (firmware = '05.05.63.01', more: Spec = {}) =>
		open({
			version: `INTERNAL_?_SWI9X15C_${firmware}_?_?_?_?`,
			product: '9X15',
			name: 'f.cwe',
			types: ['BOOT', 'APPL'],
			...more,
		});
	const nvu = (firmware = '05.05.63.01', more: Spec = {}) =>
		open({
			version: `9999999_9902350_SWI9X15C_${firmware}_00_SPRINT_005.037_000`,
			product: '9x15',
			name: 'f.nvu',
			types: ['NVUP'],
			...more,
		});
	const states = (checks: ReturnType<typeof judgePairs>) =>
		checks.map(({ name, state }) => `${name} ${state}`);

	test('of the same release', async () => {
		const checks = judgePairs([await nvu(), await cwe()]);
		expect(states(checks)).toEqual(['firmware checked', 'device checked', 'product checked']);
		expect(checks[0]?.files).toEqual(['f.cwe', 'f.nvu']);
	});

	test('of two releases, or for two products', async () => {
		expect(states(judgePairs([await cwe('05.05.58.00'), await nvu()]))).toContain(
			'firmware failed',
		);
		expect(states(judgePairs([await cwe(), await nvu(undefined, { product: '9X30' })]))).toContain(
			'product failed',
		);
	});

	test('a maker of laptops names the modem instead of the device', async () => {
		const named = '1102662_9905046_EM7455_05.05.63.01_00_Lenovo-Laptop_#001.003_000.nvu';
		const checks = judgePairs([await cwe(), await nvu(undefined, { version: '', name: named })]);
		expect(states(checks)).toEqual(['firmware checked', 'device not checkable', 'product checked']);
	});

	test('whole packages, files of one kind and two firmwares are no pair', async () => {
		const spk = await open({ types: ['BOOT', 'NVUP'] });
		expect(judgePairs([spk, await nvu()])).toEqual([]);
		expect(judgePairs([await nvu(), await nvu()])).toEqual([]);
		expect(judgePairs([await cwe(), await cwe(), await nvu()])).toEqual([]);
	});
});
