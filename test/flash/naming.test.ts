import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UsbDevice } from '../../source/events.ts';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { rehearsalHost } from '../../source/host.ts';
import { namesModem } from '../../source/modems/naming.ts';
import { couldBe, modelBefore } from '../../source/usb/device/model.ts';
import { newFolder } from './rehearse.ts';

/** dmesg of an EM7565 in its loader (Sierra forum 16236). */
const loader = (ids: string, product = 'QUSB__BULK'): UsbDevice => {
	const [vid = '', pid = ''] = ids.split(':');
	const port = { number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial' };
	return {
		path: '3-1',
		vid,
		pid,
		product,
		speed: 480,
		interfaces: [{ ...port, nodes: ['ttyUSB0'] }],
	};
};

async function plan(device: UsbDevice, firmware: string, model?: string) {
	const folder = newFolder();
	mkdirSync(join(folder, 'dev'));
	writeFileSync(join(folder, 'dev', 'ttyUSB0'), '');
	const path = join(folder, 'image.spk');
	const version = `9999999_9907344_${firmware}_01.14.02.00_00_GENERIC_002.021_000`;
	const product = firmware.slice(3, 7);
	const payload = Buffer.alloc(64);
	writeFileSync(path, buildImage({ type: 'SPKG', product, version, date: '03/21/22', payload }));
	const file = await openFirmware(path);
	const files = [{ file, checks: await file.verify() }];
	const made = await makePlan({ host: rehearsalHost(folder, 1), files, device, model });
	await file.close();
	return { ...made, match: made.checks.find(({ name }) => name === 'product') };
}

describe('a loader that does not say its model', () => {
	it('is of the family that its id tells: the wrong chip’s firmware is refused', async () => {
		const right = await plan(loader('1199:9090'), 'SWI9X50C');
		expect(right).toMatchObject({
			model: '1199:9090',
			families: ['EM7565, EM7511, MC7411, MC7421'],
			loaderProtocol: 'sahara',
			match: { state: 'ok' },
		});
		const wrong = await plan(loader('1199:9090'), 'SWI9X30C');
		expect(wrong.match).toMatchObject({ state: 'refuse' });
		expect(wrong.match?.says).toMatch(/^the file is for SWI9X30C, but .*EM7565.* is MDM9x50$/);
	});

	it('is started by the name of a model of that family, in any case, and by no other', async () => {
		const made = await plan(loader('1199:9090'), 'SWI9X50C');
		expect(['EM7565', 'em7511', ' mc7421 '].map((typed) => namesModem(typed, made))).toEqual([
			true,
			true,
			true,
		]);
		expect(
			['QUSB__BULK', '1199:9090', 'RC7620', ''].map((typed) => namesModem(typed, made)),
		).toEqual([false, false, false, false]);
	});

	it('that shares its id with other chips is of the family that the file is for', async () => {
		const made = await plan(loader('1199:68c0'), 'SWI9X07H');
		expect(made).toMatchObject({ families: ['RC76xx'], match: { state: 'warn' } });
		expect(namesModem('rc7620', made)).toBe(true);
		expect(namesModem('WP7607', made)).toBe(false);
		expect((await plan(loader('1199:68c0'), 'SWI9X50C')).match).toMatchObject({ state: 'refuse' });
	});

	it('is called what its port showed before', async () => {
		const made = await plan(loader('1199:9090'), 'SWI9X50C', 'EM7565');
		expect(made).toMatchObject({ model: 'EM7565', match: { state: 'ok' } });
		expect(made.families).toBeUndefined();
		expect(namesModem('em7565', made)).toBe(true);
		expect(namesModem('EM7511', made)).toBe(false);
	});
});

describe('what a port showed before', () => {
	const application = { ...loader('1199:9091', 'Sierra Wireless EM7565'), number: 3 };
	it('is the same modem where the family has the id, or the chip’s own loader came', () => {
		expect(modelBefore(loader('1199:9090'), [application])).toBe('EM7565');
		expect(modelBefore(loader('05c6:9008', 'QHSUSB__BULK'), [application])).toBe('EM7565');
	});
	it('is another modem where it has not', () => {
		expect(modelBefore(loader('1199:9070'), [application])).toBeUndefined();
		expect(modelBefore(loader('1199:9090'), [])).toBeUndefined();
	});
});

describe('a flash that was left', () => {
	it('goes on with the model that it was begun on, where the ids allow it', () => {
		expect(couldBe(loader('1199:9090'), 'EM7565')).toBe(true);
		expect(couldBe(loader('05c6:9008'), 'EM7565')).toBe(true);
		expect(couldBe(loader('1199:9070'), 'EM7565')).toBe(false);
	});
});
