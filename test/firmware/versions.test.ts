import { describe, expect, test } from 'vitest';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { parseVersion, versionConflicts, versionsOf } from '../../source/firmware/versions.ts';

describe('version strings from the field', () => {
	test('RC7620, as qmi-firmware-update and fwdwl-litearm read it', () => {
		expect(parseVersion('9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000')).toEqual({
			sku: '9999999',
			part: '9909667',
			device: 'SWI9X07H',
			firmware: '00.08.24.02',
			bootBlock: '00',
			carrier: 'GENERIC',
			config: '001.110_000',
			pri: '001.110',
			package: '000',
		});
	});

	test('MC7700, with the package’s name behind', () => {
		expect(
			parseVersion('9999999_9999999_9200_03.05.29.03_00_generic_000.000_001_SPKG_MC'),
		).toMatchObject({ device: '9200', firmware: '03.05.29.03', config: '000.000_001' });
	});

	test('parts that the maker left open stay unknown', () => {
		expect(parseVersion('INTERNAL_?_SWI9X30C_02.08.02.00_?_?_?_?')).toEqual({
			sku: 'INTERNAL',
			device: 'SWI9X30C',
			firmware: '02.08.02.00',
		});
		expect(parseVersion('?_?_?_02.08.02.00_?_?_001.000_?')).toEqual({
			firmware: '02.08.02.00',
			pri: '001.000',
		});
	});

	test('an inner image tells its build', () => {
		expect(parseVersion('SWI9X07H_00.08.24.02 f90cbd jenkins 2022/03/21 03:47:54')).toEqual({
			device: 'SWI9X07H',
			firmware: '00.08.24.02',
			build: 'f90cbd jenkins 2022/03/21 03:47:54',
		});
	});

	test('a file name, with what a person put around it', () => {
		expect(
			parseVersion('9999999_9902574_SWI9X15C_05.05.58.00_00_GENNA-UMTS_005.026_000-field.spk'),
		).toMatchObject({ carrier: 'GENNA-UMTS', config: '005.026_000', part: '9902574' });
		expect(parseVersion('my_backup_SWI9X07H_00.08.24.02.spk')).toEqual({
			device: 'SWI9X07H',
			firmware: '00.08.24.02',
		});
	});

	test.each(['', 'RC76xx_Release9_GENERIC_GCF_7620.spk', '/swir/nvdelta/NVUP_SPRINT.010', '_'])(
		'%j tells no version',
		(text) => expect(parseVersion(text)).toEqual({}),
	);
});

const images = async (version: string) => {
	const file = buildImage({
		type: 'SPKG',
		product: '9X07',
		version,
		date: '03/21/22',
		children: [
			{
				type: 'SBL1',
				product: '9X07',
				version: 'SWI9X07H_00.08.24.02 f90cbd',
				payload: Buffer.alloc(9),
			},
		],
	});
	const row = await readImages(
		async (at, length) => file.subarray(at, at + length),
		0,
		file.length,
	);
	return row.images;
};

test('each part says where it was read: top header, inner header, file name', async () => {
	const versions = versionsOf(
		await images('INTERNAL_?_SWI9X07H_00.08.24.02_?_?_?_?'),
		'SWI9X07H_00.08.24.02_GENERIC_001.110_000.spk',
	);
	expect(versions.firmware).toEqual({ value: '00.08.24.02', source: 'header at 0x0' });
	expect(versions.build).toEqual({ value: 'f90cbd', source: 'header at 0x190' });
	expect(versions.carrier).toEqual({ value: 'GENERIC', source: 'file name' });
});

test('a file name that tells another version than the header is named', async () => {
	const name = 'SWI9X07H_00.03.03.00.spk';
	const found = versionsOf(await images('SWI9X07H_00.08.24.02'), name);
	expect(found.firmware?.value).toBe('00.08.24.02');
	expect(versionConflicts(found, name)).toEqual([
		'The file name says firmware 00.03.03.00, the header at 0x0 says 00.08.24.02.',
	]);
	expect(versionConflicts(found, 'SWI9X07H_00.08.24.02.spk')).toEqual([]);
});
