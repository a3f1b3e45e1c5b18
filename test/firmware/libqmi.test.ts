/** Debian's qmi-firmware-update on the same files: it accepts them, and reads the same images. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ranges } from '../../source/firmware/cwe/image-tree.ts';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';
import { parseVersion } from '../../source/firmware/versions.ts';
import { rehearsalFile, scratch, smallRehearsalFile } from './rehearsal-file.ts';

const tool = 'qmi-firmware-update';
const isMissing = spawnSync(tool, ['--version']).error !== undefined;
const where = isMissing ? `skipped: ${tool} of libqmi-utils is not installed` : 'here';

/** What libqmi's own tests hold (qfu test-utils.c), and the RC7620 of the field log. */
describe('version strings read as by libqmi', () => {
	test.each([
		[
			'9999999_9999999_9200_03.05.29.03_00_generic_000.000_001_SPKG_MC',
			{ firmware: '03.05.29.03', config: '000.000_001', carrier: 'generic' },
		],
		['INTERNAL_?_SWI9X15C_05.05.63.01_?_?_?_?', { firmware: '05.05.63.01' }],
		[
			'9999999_9902350_SWI9X15C_05.05.63.01_00_SPRINT_005.037_000',
			{ firmware: '05.05.63.01', config: '005.037_000', carrier: 'SPRINT' },
		],
		[
			'9999999_9902574_SWI9X15C_05.05.66.00_00_GENNA-UMTS_005.028_000',
			{ firmware: '05.05.66.00', config: '005.028_000', carrier: 'GENNA-UMTS' },
		],
		[
			'9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000',
			{ firmware: '00.08.24.02', config: '001.110_000', carrier: 'GENERIC' },
		],
	])('%s', (version, expected) => {
		const { firmware, config, carrier } = parseVersion(version);
		expect({ firmware, config, carrier }).toEqual(expected);
	});
});

describe.skipIf(isMissing)(`${tool} -z (${where})`, () => {
	function accepted(path: string) {
		const { status, stdout, stderr } = spawnSync(tool, ['-z', path, '--verbose'], {
			encoding: 'utf8',
			maxBuffer: 1 << 24,
		});
		const said = `${stdout}${stderr}`;
		expect(status, said).toBe(0);
		const told = (what: string) =>
			new RegExp(`detected ${what}: +(\\S+)`).exec(said)?.[1]?.replace('n/a', '') || undefined;
		return {
			ranges: said.match(/image offset range: \[\d+,\d+\]/g),
			versions: [told('firmware version'), told('config version'), told('carrier')],
		};
	}

	async function ours(path: string) {
		const file = await openFirmware(path);
		await file.close();
		const { firmware, config, carrier } = file.versions;
		return {
			ranges: ranges(file.images),
			versions: [firmware?.value, config?.value, carrier?.value],
		};
	}

	test.each([
		['the RC7620 file of the field log', rehearsalFile],
		['the same tree in 2 MB', smallRehearsalFile],
	])('%s', async (_, make) => {
		const path = await make();
		expect(accepted(path)).toEqual(await ours(path));
	});

	const common = { product: '9X15', date: '01/01/16' };
	const leaf = (type: string, length: number, version = ''): ImageSpec => ({
		...common,
		type,
		version,
		payload: Buffer.alloc(length, 0xa5),
	});
	test.each<[string, string, readonly ImageSpec[]]>([
		['a leaf of one byte', '', [leaf('QPAR', 1)]],
		['leaves of less and more than a header', '', [leaf('QPAR', 399), leaf('SBL1', 401)]],
		['an empty image in the middle', '', [leaf('QPAR', 7), leaf('SBL1', 0), leaf('DSP2', 7)]],
		[
			'an empty composite at the end',
			'',
			[leaf('QPAR', 7), { ...common, type: 'BOOT', children: [] }],
		],
		[
			'six levels',
			'INTERNAL_?_SWI9X15C_05.05.63.01_?_?_?_?',
			[1, 2, 3, 4, 5].reduce<ImageSpec[]>(
				(children) => [{ ...common, type: 'FILE', children }, leaf('HASH', 3)],
				[leaf('NVUP', 20, '9999999_9902350_SWI9X15C_05.05.63.01_00_SPRINT_005.037_000')],
			),
		],
	])('%s', async (_, version, children) => {
		const path = join(await scratch(), 'f.cwe');
		await writeFile(path, buildImage({ ...common, type: 'SPKG', version, children }));
		expect(accepted(path)).toEqual(await ours(path));
	});
});
