import { expect, test } from 'vitest';
import type { UsbDevice, UsbInterface } from '../../source/events.ts';
import { identities, identityOf } from '../../source/modems/identities.ts';
import { modeNote, modeOf } from '../../source/usb/device/modes.ts';
import { roleOf } from '../../source/usb/device/roles.ts';

const ids = (text: string) => {
	const [vid = '', pid = ''] = text.split(':');
	return { vid, pid };
};
const device = (id: string, interfaces: UsbInterface[] = [], more: Partial<UsbDevice> = {}) => ({
	path: '3-1',
	...ids(id),
	interfaces,
	...more,
});
const iface = (more: Partial<UsbInterface> = {}): UsbInterface => ({
	number: 0,
	class: 'ff/ff/ff',
	endpoints: 2,
	nodes: [],
	...more,
});

test('every id is four and four hexadecimal digits, stands once, and says where it is from', () => {
	const all = identities.map(({ id }) => id);
	expect(all.filter((id) => !/^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id))).toEqual([]);
	expect(new Set(all).size).toBe(all.length);
	expect(identities.filter(({ source, models }) => source === '' || models === '')).toEqual([]);
});

test.each([
	['1199:9070', 'loader', 'MC7455, EM7455, MC7430, EM7430', 'SWI'],
	['1199:9071', 'application', 'MC7455, EM7455, MC7430, EM7430', 'SWI'],
	['1199:90b0', 'loader', 'EM7565, EM7511, MC7411, MC7421', '- - AT NMEA DM'],
	['1199:90c0', 'loader', 'EM7565, EM7511, MC7411, MC7421', 'AT NMEA DM'],
	['1199:90c1', 'application', 'EM7565, EM7511, MC7411, MC7421', 'AT NMEA DM'],
	['1199:c081', 'application', 'EM7590', 'SWI'],
	['1199:c082', 'loader', 'EM7590', undefined],
	['1199:90d3', 'application', 'EM919x, EM7690', '- - - AT DM'],
	['1199:90d9', 'application', 'EM919x, EM7690', '- AT DM'],
	['1199:90e2', 'loader', 'EM929x', '- - - AT DM'],
	['03f0:4e1d', 'application', 'HP lt4111', 'SWI'],
	['1199:c001', 'application', 'HL7812', 'AT - - - NMEA'],
	['05c6:90b8', 'application', 'Semtech SDX35', 'DM AT'],
	['413c:81a6', 'loader', 'Dell DW5570 (MC8805)', 'G2K'],
	['1bc7:9010', 'loader', 'Telit', undefined],
	['413c:81b5', 'loader', 'Dell DW5811e', 'SWI'],
	['0846:68e0', 'loader', 'Netgear MR1100', undefined],
	['05c6:9008', 'edl', 'any Qualcomm chip', undefined],
	['05c6:900e', 'memory dump', 'any Qualcomm chip', undefined],
	['1199:68c0', undefined, 'RC76xx, WP76xx, WP77xx, MC73xx', 'SWI'],
	['413c:81d1', undefined, 'Dell 5808, 5809, 5818, 5819, 5570', 'SWI'],
])('%s is %s of %s', (id, mode, models, layout) => {
	expect(identityOf(ids(id))).toMatchObject({ mode, models, layout });
});

test('an id that is not listed has no identity', () => {
	expect(identityOf(ids('1199:ffff'))).toBeUndefined();
});

test('interfaces come first: a listed application with one interface is a loader', () => {
	expect(modeOf(device('1199:9071', [iface()]))).toBe('loader');
	expect(modeOf(device('1199:9070', [iface(), iface({ number: 2 })]))).toBe('application');
});

test('ids come second: they tell where a log tells no interfaces', () => {
	expect(modeOf(device('1199:9071'))).toBe('application');
	expect(modeOf(device('1199:9071', [], { authorized: false }))).toBe('unknown');
});

test('one interface of another kind is no loader', () => {
	expect(modeOf(device('05c6:9006', [iface({ class: '08/06/50' })]))).toBe('unknown');
	expect(modeOf(device('05c6:9025', [iface({ class: 'ff/42/01', endpoints: 3 })]))).toBe('unknown');
	expect(modeOf(device('1199:90d2', [iface({ class: 'ff/ff/10' })]))).toBe('loader');
});

test('what USB cannot tell is said', () => {
	expect(modeNote(device('1199:9070', [iface()]))).toMatch(/only the HELLO of the loader shows/);
	expect(modeNote(device('05c6:9008', [iface()]))).toBeUndefined();
	expect(modeNote(device('1199:68c0'))).toMatch(/look the same/);
	expect(modeNote(device('1199:68c0', [], { authorized: false }))).toMatch(/authorized is 0/);
	expect(modeNote(device('1199:68c0', [iface(), iface({ number: 2 })]))).toBeUndefined();
});

test.each([
	['1199:68c0', ['DM', undefined, 'NMEA', 'AT']],
	['1199:9001', [undefined, 'DM', 'AT', 'NMEA']],
	['05c6:9202', ['DM', undefined, 'AT', undefined]],
	['1199:90d3', [undefined, undefined, undefined, 'AT']],
	['1199:90aa', ['DM', undefined, 'NMEA', 'AT']],
	['2c7c:0125', ['DM', 'NMEA', 'AT', 'AT']],
	['1bc7:1201', ['DM', undefined, undefined, 'NMEA']],
	['1bc7:1101', ['DM', 'AT', 'AT', undefined]],
	['1e0e:9001', ['DM', 'NMEA', 'AT', 'AT']],
	['2cb7:0104', ['DM', 'AT', 'AT', undefined]],
	['1199:90b1', [undefined, undefined, 'AT', 'NMEA']],
	['2c7c:ffff', [undefined, undefined, undefined, undefined]],
])('the serial interfaces 0 to 3 of %s are %j', (id, roles) => {
	const faces = [0, 1, 2, 3].map((number) => iface({ number, driver: 'qcserial' }));
	expect(faces.map((entry) => roleOf(device(id, faces), entry))).toEqual(roles);
});

test('a network driver’s interface is told by its driver, whatever its number', () => {
	const roles = ['qmi_wwan', 'cdc_mbim'].map((driver) =>
		roleOf(device('2c7c:0125'), iface({ number: 4, driver })),
	);
	expect(roles).toEqual(['QMI', 'MBIM']);
});
