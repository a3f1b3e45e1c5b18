import { describe, expect, it } from 'vitest';
import { parseRawProgram } from '../../source/firmware/partitions/raw-program.ts';
import { exitCode, Problem } from '../../source/problem.ts';

const at = 'SECTOR_SIZE_IN_BYTES="512" physical_partition_number="0"';
const good = {
	filename: 'sbl1.mbn',
	num_partition_sectors: '80',
	start_sector: 'NUM_DISK_SECTORS-33.',
	sparse: 'false',
	label: 'sbl',
};
const program = (change: Record<string, string> = {}) =>
	`<program ${at} ${Object.entries({ ...good, ...change })
		.map(([key, value]) => `${key}="${value}"`)
		.join(' ')}/>`;
const parse = (inner: string, root = 'data') =>
	parseRawProgram('raw.xml', Buffer.from(`<?xml version="1.0" ?><${root}>${inner}</${root}>`));
const problemOf = (inner: string): Problem => {
	try {
		parse(inner);
	} catch (error) {
		if (error instanceof Problem) return error;
		throw error;
	}
	throw new Error('it was taken');
};

describe('a rawprogram XML', () => {
	it('is read as qdl reads it, expressions left as they are', () => {
		expect(parse(program())).toEqual([
			{
				verb: 'program',
				attributes: {
					SECTOR_SIZE_IN_BYTES: '512',
					physical_partition_number: '0',
					start_sector: 'NUM_DISK_SECTORS-33.',
					num_partition_sectors: '80',
					filename: 'sbl1.mbn',
				},
				label: 'sbl',
				sector: 512,
				room: 80,
				image: 'sbl1.mbn',
			},
		]);
	});

	it('leaves out a place without an image, and a patch of a file', () => {
		const patch = `<patch ${at} byte_offset="48" filename="gpt.bin" size_in_bytes="8" start_sector="1" value="1" what="x"/>`;
		expect(parse(program({ filename: '' }))).toEqual([]);
		expect(parse(patch, 'patches')).toEqual([]);
		expect(parse(patch.replace('gpt.bin', 'DISK'), 'patches')).toMatchObject([{ verb: 'patch' }]);
	});

	it('names an image one folder above, as Windows writes it', () => {
		expect(parse(program({ filename: '..\\sbl1.mbn', label: '' }))).toMatchObject([
			{ image: '../sbl1.mbn', label: 'sbl1.mbn', attributes: { filename: '..\\sbl1.mbn' } },
		]);
	});

	it('is taken when it is a file of patches with none in it', () => {
		expect(parse('', 'patches')).toEqual([]);
	});

	it.each([
		['two folders above', program({ filename: '..\\..\\x' }), 'is not the name of a file'],
		['a hidden file', program({ filename: '../.ssh' }), 'is not the name of a file'],
		['the folder itself', program({ filename: '..' }), 'is not the name of a file'],
		['a sparse image', program({ sparse: 'true' }), 'sparse image'],
		['a file elsewhere', program({ filename: '../../etc/shadow' }), 'is not the name of a file'],
		['an absolute path', program({ filename: '/etc/shadow' }), 'is not the name of a file'],
		['a start in the image', program({ file_sector_offset: '8' }), 'begins inside its image'],
		[
			'a sector that is none',
			program({ start_sector: '1; reboot' }),
			'start_sector is "1; reboot"',
		],
		['an odd sector size', program().replace('"512"', '"7"'), 'SECTOR_SIZE_IN_BYTES is "7"'],
		['a missing place', program().replace('start_sector', 'start'), 'start_sector is missing'],
		['a verb that is not known', `<poke ${at}/>`, 'what it asks for is not known'],
		['a name of JavaScript', `<constructor ${at}/>`, 'what it asks for is not known'],
		[
			'an erase of everything',
			`<erase ${at} start_sector="0" num_partition_sectors="0"/>`,
			'erase everything',
		],
		['an entity', program({ label: '&boom;' }), 'no whole XML'],
		['nothing', '', 'names nothing to write'],
	])('is refused with %s', (_, inner, says) => {
		const problem = problemOf(inner);
		expect(problem.exit).toBe(exitCode.fileRejected);
		expect(problem.message).toContain(says);
		expect(problem.modem).toBe('Nothing was written.');
	});

	it('shows no control of a label', () => {
		expect(parse(program({ label: '&#x9b;31mred' }))[0]!.label).toBe('.31mred');
	});

	it('is refused when it is cut at any byte', () => {
		const whole = Buffer.from(`<data>${program()}</data>`);
		for (let length = 0; length < whole.length; length++) {
			expect(() => parseRawProgram('raw.xml', whole.subarray(0, length)), `${length}`).toThrow(
				Problem,
			);
		}
	});
});
