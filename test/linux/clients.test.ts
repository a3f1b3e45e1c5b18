import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rehearsalImage, smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { isFull } from './full.ts';
import { meet, plugIn, portPath, shortCommit, speed, until } from './modem.ts';
import { output, program, succeeds } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
const file = (name: string) => join(folder, name);

/** The loader's tty, once udev has settled. */
async function ttyUSB0(): Promise<string> {
	await until(() => existsSync('/dev/ttyUSB0'), 'ttyUSB0 is there');
	await output('udevadm', 'settle', '--timeout=20');
	return '/dev/ttyUSB0';
}

describe('the simulated modem is a USB device to', () => {
	test('lsusb and udevadm', async () => {
		await plugIn('healthy');
		await until(() => existsSync('/dev/cdc-wdm0'), 'cdc-wdm0 is there');
		const listed = await output('lsusb', '-v', '-d', '1199:68c0');
		expect(listed).toMatch(/bNumInterfaces +4/);
		expect(listed).toMatch(/iProduct +\d+ Sierra Wireless RC7620/);
		expect(listed.match(/bInterfaceNumber +\d+/g)?.map((line) => line.split(/ +/)[1])).toEqual([
			'0',
			'2',
			'3',
			'8',
		]);
		await output('udevadm', 'settle', '--timeout=20');
		const properties = await output('udevadm', 'info', `/sys/bus/usb/devices/${portPath}`);
		expect(properties).toMatch(/ID_VENDOR_ID=1199/);
		expect(properties).toMatch(/ID_MODEL_ID=68c0/);
	});

	test('qmicli', async () => {
		await meet('healthy', {}, 1);
		await until(() => existsSync('/dev/cdc-wdm0'), 'cdc-wdm0 is there');
		const said = await output('qmicli', '-d', '/dev/cdc-wdm0', '--dms-get-revision');
		expect(said).toMatch(/SWI9X07H_00\.03\.03\.00/);
	});
});

describe('qmi-firmware-update --update-download', () => {
	const update = (tty: string, ...files: string[]) =>
		program('qmi-firmware-update', '-t', tty, '--update-download', ...files, '-v');

	test('writes over Sahara and Firehose, and the new version runs', async () => {
		await smallRehearsalImage(file('small.spk'));
		const modem = await meet('loader', shortCommit, speed);
		await succeeds(update(await ttyUSB0(), file('small.spk')));
		expect(modem).toMatchObject({ release: { firmware: '00.08.24.02' }, starts: true });
	});

	test.runIf(isFull)('writes 35 MB', async () => {
		await rehearsalImage(file('whole.spk'));
		const modem = await meet('loader', shortCommit, speed);
		await succeeds(update(await ttyUSB0(), file('whole.spk')));
		expect(modem).toMatchObject({ release: { firmware: '00.08.24.02' }, starts: true });
	});

	test('writes several files over QDL', async () => {
		await rehearsalPair({ firmware: file('a.cwe'), settings: file('a.nvu') }, atMost(300_000));
		const modem = await meet('loader-qdl', shortCommit, speed);
		await succeeds(update(await ttyUSB0(), file('a.cwe'), file('a.nvu')));
		expect(modem).toMatchObject({ release: { firmware: '02.33.03.00' }, starts: true });
	});

	test('fails on a loader whose HELLO was missed as it did in the field', async () => {
		await smallRehearsalImage(file('small.spk'));
		await meet('stuck', {}, 1);
		const run = update(await ttyUSB0(), file('small.spk'));
		expect(await run.exit).not.toBe(0);
		const said = run.said.join('\n');
		expect(said).toMatch(/no sahara response received/);
		expect(said).toMatch(/HDLC trailing control character not found/);
		expect(said).toMatch(/unsupported download protocol/);
	});
});
