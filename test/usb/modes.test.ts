import { expect, test } from 'vitest';
import type { UsbDevice } from '../../source/events.ts';
import { identityOf } from '../../source/modems/identities.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { modelOf } from '../../source/usb/device/model.ts';
import {
	atNode,
	isModem,
	loaderNode,
	modeLabel,
	modeOf,
	nodesLabel,
} from '../../source/usb/device/modes.ts';

const application = applicationDevice(models.RC7620, 59);
const loader = loaderDevice(models.RC7620, 60);
/** A device with a tty on each of these interfaces, of so many endpoints. */
const device = (ids: string, ...ttys: [number: number, endpoints: number, node: string][]) => {
	const [vid = '', pid = ''] = ids.split(':');
	const interfaces = ttys.map(([number, endpoints, node]) => ({
		number,
		class: 'ff/ff/ff',
		endpoints,
		nodes: [node],
	}));
	return { path: '3-1', vid, pid, interfaces } satisfies UsbDevice;
};
const swi = (ids: string) => device(ids, [0, 2, 'ttyUSB0'], [2, 3, 'ttyUSB1'], [3, 3, 'ttyUSB2']);

test('the same ids are the application or the loader, by their interfaces', () => {
	expect([application.vid, application.pid]).toEqual([loader.vid, loader.pid]);
	expect([modeOf(application), modeLabel(application)]).toEqual(['application', 'app 4 if']);
	expect([modeOf(loader), modeLabel(loader)]).toEqual(['loader', 'boot 1 if']);
	expect(modeOf(device('1199:68c0'))).toBe('unknown');
});

test('the ids of Qualcomm’s emergency modes tell by themselves', () => {
	expect(modeOf(device('05c6:9008', [0, 2, 'ttyUSB0']))).toBe('edl');
	expect(modeOf(device('05c6:900e', [0, 2, 'ttyUSB0']))).toBe('memory dump');
	expect(modeOf(device('1199:9008', [0, 2, 'ttyUSB0']))).toBe('loader');
	expect(modeLabel(device('05c6:9008', [0, 2, 'ttyUSB0']))).toBe('EDL 1 if');
});

test('AT is on interface 3 of Sierra’s layout, in whoever’s name', () => {
	expect(atNode(application)).toBe('ttyUSB2');
	expect(atNode(swi('413c:81b6'))).toBe('ttyUSB2');
	expect(atNode(swi('1199:9071'))).toBe('ttyUSB2');
});

test('AT is on interface 2 of Gobi’s, where 3 is NMEA', () => {
	expect(atNode(device('1199:9013', [1, 2, 'ttyUSB0'], [2, 3, 'ttyUSB1'], [3, 3, 'ttyUSB2']))).toBe(
		'ttyUSB1',
	);
});

test('NMEA is not taken for AT where a composition has no AT', () => {
	expect(atNode(device('1199:9071', [0, 2, 'ttyUSB0'], [2, 3, 'ttyUSB1']))).toBeUndefined();
});

test('elsewhere AT is the first tty with an interrupt endpoint', () => {
	expect(atNode(device('2c7c:ffff', [0, 2, 'ttyUSB0'], [2, 3, 'ttyUSB1'], [3, 3, 'ttyUSB2']))).toBe(
		'ttyUSB1',
	);
	expect(atNode(device('2c7c:ffff', [0, 3, 'cdc-wdm0'], [2, 3, 'ttyACM0']))).toBe('ttyACM0');
	expect(atNode(device('2c7c:ffff', [0, 3, 'cdc-wdm0'], [1, 2, 'ttyUSB0']))).toBeUndefined();
});

test('an EC20 is told from a Gobi 2000 of the same id by its five interfaces', () => {
	const ttys = (count: number) =>
		Array.from(
			{ length: count },
			(_, at) => [at, 3, at < 4 ? `ttyUSB${at}` : 'cdc-wdm0'] as [number, number, string],
		);
	expect(atNode(device('05c6:9215', ...ttys(5)))).toBe('ttyUSB2');
	expect(identityOf(device('05c6:9215', ...ttys(5)))?.models).toContain('EC20');
	expect(identityOf(device('05c6:9215', ...ttys(4)))?.models).toBe('Gobi 2000');
	expect(identityOf({ vid: '05c6', pid: '9215' })?.models).toBe('Gobi 2000');
});

test('the NMEA port of an EC25, which has an interrupt endpoint too, is not taken for AT', () => {
	const ttys = [0, 1, 2, 3].map((n) => [n, n === 0 ? 2 : 3, `ttyUSB${n}`] as const);
	expect(
		atNode(device('2c7c:0125', ...ttys.map((tty) => [...tty] as [number, number, string]))),
	).toBe('ttyUSB2');
});

test('an EM75 of type 1 has its AT where type 3 has NMEA; one of type 2 on its first interface', () => {
	const type1 = device('1199:90b1', [2, 3, 'ttyUSB0'], [3, 3, 'ttyUSB1'], [4, 2, 'ttyUSB2']);
	const type2 = device('1199:90c3', [0, 3, 'ttyUSB0'], [1, 3, 'ttyUSB1'], [2, 2, 'ttyUSB2']);
	const rmnet = device('1199:90d9', [1, 3, 'ttyUSB0'], [2, 2, 'ttyUSB1']);
	expect([type1, type2, rmnet].map(atNode)).toEqual(['ttyUSB0', 'ttyUSB0', 'ttyUSB0']);
});

test('a loader has one port, and it is no AT port; an application has no loader’s', () => {
	expect([atNode(loader), loaderNode(loader)]).toEqual([undefined, 'ttyUSB0']);
	expect(loaderNode(application)).toBeUndefined();
	expect(loaderNode(device('1199:68c0'))).toBeUndefined();
	expect(loaderNode(device('05c6:9008', [0, 2, 'ttyUSB3']))).toBe('ttyUSB3');
});

test('nodes are shown short, and none is left out', () => {
	expect(nodesLabel(application)).toBe('ttyUSB0-2 cdc-wdm0');
	expect(nodesLabel(loader)).toBe('ttyUSB0');
	expect(nodesLabel(device('1:1', [0, 2, 'ttyUSB0'], [1, 2, 'ttyUSB2']))).toBe('ttyUSB0 ttyUSB2');
	expect(nodesLabel(device('1:1', [0, 2, 'ttyUSB9'], [1, 2, 'ttyUSB10']))).toBe('ttyUSB9-10');
	expect(nodesLabel(device('1:1', [0, 2, 'ttyACM0'], [1, 2, 'cdc-wdm1']))).toBe('ttyACM0 cdc-wdm1');
	expect(nodesLabel(device('1:1'))).toBe('');
});

test.each([
	['Sierra Wireless RC7620', 'RC7620'],
	['Sierra Wireless, Incorporated EM7455', 'EM7455'],
	['Sierra Wireless Inc. MC7304', 'MC7304'],
	['MC7455', 'MC7455'],
	['EM7455 Qualcomm Snapdragon X7 LTE-A', 'EM7455'],
	['DW5811e Snapdragon X7 LTE', 'DW5811e Snapdragon X7 LTE'],
	['QUSB__BULK', '1199:68c0'],
	['QUSB_BULK_CID:0402', '1199:68c0'],
	['QHSUSB__BULK', '1199:68c0'],
	['QHSUSB_DLOAD', '1199:68c0'],
	['Sierra Wireless, Incorporated', '1199:68c0'],
	['Sierra Wireless ', '1199:68c0'],
	[undefined, '1199:68c0'],
])('the product %j is the model %s', (product, model) => {
	const { product: _, ...named } = application;
	expect(modelOf(product === undefined ? named : { ...named, product })).toBe(model);
});

test.each([
	['1199:68c0', true],
	['05c6:9008', true],
	['2c7c:0125', true],
	['413c:81b6', true],
	['413c:8217', true],
	['0846:68e1', true],
	['1e0e:9001', true],
	['2cb7:0104', true],
	['0489:e0b4', true],
	['03f0:4e1d', true],
	// A Dell keyboard, a Netgear Wi-Fi stick, a memory stick of the field case, a root hub.
	['413c:2113', false],
	['0846:9020', false],
	// An HP printer, a u-blox GPS receiver.
	['03f0:1c17', false],
	['1546:01a8', false],
	['125f:dd35', false],
	['1d6b:0002', false],
])('%s is a modem: %s', (ids, is) => {
	expect(isModem(device(ids))).toBe(is);
});

test('whatever a modem’s driver took is a modem', () => {
	const unknown = device('1234:5678', [0, 2, 'ttyUSB0']);
	for (const driver of ['qcserial', 'qmi_wwan', 'option', 'cdc_mbim', 'sierra']) {
		const bound = { ...unknown, interfaces: [{ ...unknown.interfaces[0]!, driver }] };
		expect(isModem(bound)).toBe(true);
	}
	expect(isModem(unknown)).toBe(false);
});

test('of a log that tells no descriptors, one interface is no loader by itself', () => {
	const seen = (ids: string, number: number, driver: string, product?: string): UsbDevice => ({
		...device(ids),
		...(product ? { product } : {}),
		interfaces: [{ number, class: '//', endpoints: 0, driver, nodes: [] }],
	});
	expect(modeOf(seen('1199:9079', 12, 'cdc_mbim'))).toBe('application');
	expect(modeOf(seen('1199:9071', 0, 'qcserial'))).toBe('application');
	expect(modeOf(seen('2c7c:0125', 4, 'cdc_ether'))).toBe('application');
	expect(modeOf(seen('1199:9070', 0, 'qcserial'))).toBe('loader');
	expect(modeOf(seen('1199:68c0', 0, 'qcserial'))).toBe('loader');
	expect(modeOf(seen('1199:68c0', 3, 'qcserial'))).toBe('application');
	expect(modeOf(seen('2c7c:0125', 0, 'option', 'QHSUSB__BULK'))).toBe('edl');
	expect(isModem(seen('8087:095a', 0, 'cdc_mbim'))).toBe(true);
	expect(isModem(seen('0bda:8153', 0, 'cdc_ether'))).toBe(false);
});
