import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { openPackage } from '../../source/firmware/package/quectel.ts';
import { rehearsalPackage } from '../../source/firmware/rehearsal/package.ts';
import { smallRehearsalFile } from '../firmware/rehearsal-file.ts';
import { FakeSession } from './fake-session.ts';
import { openScreen } from './screen.tsx';

const home = process.cwd();
afterEach(() => process.chdir(home));

async function opened({ checked = true, columns = 80, rows = 24 } = {}) {
	const session = new FakeSession();
	const file = await openFirmware(await smallRehearsalFile());
	session.firmware.opened = {
		file,
		checked: 400_000,
		checks: checked ? await file.verify() : undefined,
	};
	return { file, ...(await openScreen({ session, view: 'firmware', columns, rows })) };
}

async function openedPackage(spoil: (folder: string) => void = () => {}) {
	const session = new FakeSession();
	const folder = join(mkdtempSync(join(tmpdir(), 'modemscope-package-')), 'EC25');
	await rehearsalPackage(folder);
	spoil(folder);
	const found = await openPackage(folder);
	onTestFinished(() => found.close());
	session.firmware.openedPackage = found;
	return openScreen({ session, view: 'firmware', columns: 80, rows: 24 });
}

describe('a maker’s package in the firmware view', () => {
	it('shows its files with their MD5, and what is written where', async () => {
		const { text, press } = await openedPackage();
		expect(text()).toMatch(/EC25 +2 432 001 bytes +every MD5 is right/);
		expect(text()).toContain('For a chip in EDL (05c6:9008), with prog_nand_firehose_9x07.mbn');
		expect(text()).toMatch(/update\/tz\.mbn .*ok/);
		await press('tab', 'G');
		await expect.poll(text).toMatch(/program +0 +120 000 +sbl1\.mbn/);
		await press('F');
		await expect.poll(text).toContain('4 Flash');
	});

	it('names the file that has another MD5', async () => {
		const { text } = await openedPackage((folder) => {
			writeFileSync(join(folder, 'update/tz.mbn'), 'another');
		});
		expect(text()).toContain('1 of 8 files have another MD5');
		expect(text()).toMatch(/update\/tz\.mbn: md5\.txt says MD5/);
		expect(text()).toMatch(/update\/tz\.mbn .*FAILED/);
	});

	it('goes back to the list of files with Esc', async () => {
		const { text, press } = await openedPackage();
		await press('esc');
		await expect.poll(text).toContain('Firmware files');
	});
});

describe('the firmware view', () => {
	it('says how far the check of each image is while it runs', async () => {
		const { text } = await opened({ checked: false, rows: 45 });
		expect(text()).toMatch(/checking 18 %/);
		expect(text()).toMatch(/SPKG .* checking/);
		expect(text()).toMatch(/QPAR .* read/);
		expect(text()).toMatch(/APPL .* waiting/);
	});

	it('says whether the file fits the modem', async () => {
		const { session, text } = await opened();
		expect(text()).toContain('Fits RC7620: it will run 00.08.24.02');
		session.model = 'WP7607';
		session.add();
		await expect.poll(text).toContain('WP7607 has the same chip');
	});

	it('shows every byte of the file: x at the image, arrows, end, and an offset that is typed', async () => {
		const { file, press, text } = await opened();
		await press('x');
		await expect.poll(text).toContain('hex of the file from 0x0000000');
		await press('down');
		await expect.poll(text).toContain('hex of the file from 0x0000010');
		await press('G');
		const end = file.size - (file.size % 16);
		await expect.poll(text).toContain(end.toString(16).padStart(8, '0'));
		await press('a');
		await press('0', 'x', '1', 'e', '0', '0', 'enter');
		await expect.poll(text).toContain('hex of the file from 0x0001e00');
		await press('a');
		await press('9', '9', '9', '9', '9', '9', '9', '9', 'enter');
		await expect.poll(text).toContain('Type a number below');
	});

	it('loses no key that comes before the next frame', async () => {
		const { context, text } = await opened();
		for (const key of ['x', 'G', 'up']) context.key(key);
		await expect.poll(text).toMatch(/hex of the file from 0x021e[0-9a-f]{3}/);
	});

	it('shows the bytes of a field whole, sixteen in a row, where there is room', async () => {
		const { press, lines } = await opened({ columns: 140, rows: 45 });
		await press('down', 'down', 'down', 'down', 'down', 'down');
		await expect.poll(() => lines().join('\n')).toMatch(/0004\w{4}(?: {1,2}\w\w){16}.*\|.{16}\|/);
	});

	it('goes from the fields of the header on to the settings of an NVUP image', async () => {
		const { press, text } = await opened({ columns: 140, rows: 45 });
		for (let row = 0; row < 15; row += 1) await press('down');
		await expect.poll(text).toContain('It holds: 8 settings.');
		await press('tab', 'G');
		await expect.poll(text).toContain('A file on the modem and what is written to it.');
		expect(text()).toContain('CARRIERID');
	});

	it('exports what inspect --json says, never over another file', async () => {
		const { press, text } = await opened();
		const folder = mkdtempSync(join(tmpdir(), 'modemscope-export-'));
		process.chdir(folder);
		await press('e');
		await expect.poll(text).toContain('Saved as');
		const written = JSON.parse(readFileSync(join(folder, 'small.spk.inspect.json'), 'utf8'));
		expect(written).toMatchObject({ size: 2_221_979, passed: true, match: { model: 'RC7620' } });
		await press('e');
		await expect.poll(text).toContain('inspect-2.json');
	});
});
