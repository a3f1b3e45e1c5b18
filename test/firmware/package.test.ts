import { mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPackage } from '../../source/firmware/package/is-package.ts';
import { openPackage } from '../../source/firmware/package/quectel.ts';
import {
	rehearsalPackage,
	rehearsalPackageFiles,
} from '../../source/firmware/rehearsal/package.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { type ZipEntry, zipOf } from './zip-writer.ts';

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ms-package-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

const files = rehearsalPackageFiles();
const entries = (root = ''): ZipEntry[] =>
	[...files].map(([name, content]) => ({ name: root + name, content }));

function archive(given: readonly ZipEntry[]): string {
	const path = join(newFolder(), 'EC25.zip');
	writeFileSync(path, zipOf(given));
	return path;
}

async function opened(path: string) {
	const found = await openPackage(path);
	onTestFinished(() => found.close());
	return found;
}

async function refusal(path: string): Promise<string> {
	try {
		await (await openPackage(path)).close();
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		expect(error.exit).toBe(exitCode.fileRejected);
		return error.message;
	}
	throw new Error('it was taken');
}

const firehose = 'update/firehose';
const xml = `${firehose}/rawprogram_nand_p4K_b256K_update.xml`;

describe('a package of Quectel', () => {
	it.each(['folder', 'zip', 'zip with a folder'])(
		'opens with its checks, from a %s',
		async (kind) => {
			const path =
				kind === 'folder' ? newFolder() : archive(entries(kind === 'zip' ? '' : 'EC25/'));
			if (kind === 'folder') await rehearsalPackage(path);
			expect(await isPackage(path)).toBe(true);
			const { set, programmer, checks } = await opened(path);
			expect(programmer.name).toBe('prog_nand_firehose_9x07.mbn');
			expect(set.storage).toBe('nand');
			expect(set.steps.map(({ verb, image }) => image?.name ?? verb)).toEqual([
				...['erase', 'erase', 'erase', 'erase'],
				...['partition_complete_p4K_b256K.mbn', 'tz.mbn', 'NON-HLOS.ubi', 'sbl1.mbn'],
			]);
			expect(checks.map(({ state }) => state)).toEqual(Array(8).fill('checked'));

			const tz = set.steps[5]!.image!;
			expect((await tz.readBytes(0, tz.size)).equals(files.get('update/tz.mbn')!)).toBe(true);
		},
	);

	it('leaves nothing of an archive in the temporary folder', async () => {
		const before = readdirSync(tmpdir()).filter((name) => name.startsWith('modemscope-'));
		const { set } = await opened(archive(entries()));
		expect(set.size).toBeGreaterThan(0);
		const after = readdirSync(tmpdir()).filter((name) => name.startsWith('modemscope-'));
		expect(after.filter((name) => !before.includes(name))).toEqual([]);
	});

	it('names the file whose MD5 is another', async () => {
		const changed = entries().map((entry) =>
			entry.name === 'update/tz.mbn' ? { ...entry, content: Buffer.from('another') } : entry,
		);
		const { checks } = await opened(archive(changed));
		expect(checks.filter(({ state }) => state === 'failed')).toMatchObject([
			{
				file: 'update/tz.mbn',
				says: expect.stringMatching(/^md5.txt says MD5 \w{32}, and it has/),
			},
		]);
	});

	it('says which needed files md5.txt does not name', async () => {
		const without = entries().filter(({ name }) => name !== 'md5.txt');
		const { checks } = await opened(archive(without));
		expect(checks.every(({ state }) => state === 'not checkable')).toBe(true);
		expect(checks.map(({ file }) => file)).toContain('update/sbl1.mbn');
		expect(checks.map(({ file }) => file)).not.toContain('contents.xml');
	});

	it('leaves the XML for the factory aside where one for updates is there', async () => {
		const factory = { name: xml.replace('_update', '_factory'), content: Buffer.from('<data/>') };
		const { set, notes } = await opened(archive([...entries(), factory]));
		expect(set.steps).toHaveLength(8);
		expect(notes.join()).toContain('rawprogram_nand_p4K_b256K_factory.xml is left aside');
	});

	it('is refused where it does not say which rawprogram is meant', async () => {
		const second = { name: xml.replace('p4K', 'p2K'), content: Buffer.from('<data/>') };
		expect(await refusal(archive([...entries(), second]))).toContain('2 rawprogram files');
	});

	it('is refused without the images that its XML names', async () => {
		const less = entries().filter(({ name }) => name !== 'update/sbl1.mbn');
		expect(await refusal(archive(less))).toContain('has no file update/sbl1.mbn');
		const folder = newFolder();
		await rehearsalPackage(folder);
		renameSync(join(folder, 'update/sbl1.mbn'), join(folder, 'elsewhere'));
		symlinkSync(join(folder, 'elsewhere'), join(folder, 'update/sbl1.mbn'));
		expect(await refusal(folder)).toContain('has no file update/sbl1.mbn');
	});

	it('points at Sierra’s firmware in an archive that holds some', async () => {
		const spk = archive([{ name: 'RC76xx.spk', content: Buffer.from('x') }]);
		expect(await refusal(spk)).toBe('EC25.zip is no firmware file, and holds one: RC76xx.spk.');
	});
});

describe('a hostile archive is refused in one sentence', () => {
	const x = Buffer.from('x');
	it.each<[string, ZipEntry, string]>([
		['a path out of it', { name: '../../etc/cron.d/x', content: x }, 'outside of it: ../../etc'],
		['Windows’ path out of it', { name: '..\\..\\x', content: x }, 'outside of it: ../../x'],
		['an absolute path', { name: '/etc/shadow', content: x }, 'outside of it: /etc/shadow'],
		['a drive', { name: 'C:\\x', content: x }, 'outside of it: C:/x'],
		[
			'a symbolic link',
			{ name: 'update/l', content: x, mode: 0o120777 },
			'link or device update/l',
		],
		['a device', { name: 'update/d', content: x, mode: 0o020666 }, 'link or device update/d'],
		['an encrypted file', { name: 'update/e', content: x, flags: 1 }, 'encrypted file update/e'],
		['a second file of a name', { name: 'update/tz.mbn', content: x }, 'two files update/tz.mbn'],
		[
			'a size beyond every flash memory',
			{ name: 'update/big', content: x, says: { size: 0xfffffff0 } },
			'unpacks to more than 4 GiB',
		],
	])('with %s', async (_, entry, says) => {
		expect(await refusal(archive([...entries(), entry]))).toContain(says);
	});

	it('with more bytes than it says', async () => {
		const bomb = entries().map((entry) =>
			entry.name === 'update/tz.mbn'
				? { ...entry, content: Buffer.alloc(50_000_000), says: { size: 300_001 } }
				: entry,
		);
		const says = await refusal(archive(bomb));
		expect(says).toMatch(
			/^rawprogram_nand_p4K_b256K_update.xml names an image: EC25.zip cannot be unpacked: too many bytes in the stream/,
		);
	});

	it('with an image or an XML longer than what it is for, before it is unpacked', async () => {
		const longer = (name: string, size: number) =>
			archive(entries().map((one) => (one.name === name ? { ...one, says: { size } } : one)));
		expect(await refusal(longer('update/tz.mbn', 3_000_000_000))).toContain(
			'has 3 000 000 000 bytes in update/tz.mbn, where 524 288 fit',
		);
		expect(await refusal(longer(xml, 5_000_000))).toContain('where 4 194 304 fit');
	});

	it('with other bytes than its CRC', async () => {
		const bent = entries().map((entry) =>
			entry.name === 'update/tz.mbn' ? { ...entry, says: { crc: 1 } } : entry,
		);
		expect(await refusal(archive(bent))).toContain('EC25.zip is damaged in update/tz.mbn');
	});

	it('with too many files', async () => {
		const many = Array.from({ length: 4100 }, (_, n) => ({ name: `f${n}`, content: x }));
		expect(await refusal(archive(many))).toContain('more than 4096 files');
	});

	it('with nothing behind its first bytes', async () => {
		const path = join(newFolder(), 'EC25.zip');
		writeFileSync(path, zipOf(entries()).subarray(0, 100_000));
		expect(await refusal(path)).toContain('EC25.zip cannot be unpacked: End of central directory');
	});
});
