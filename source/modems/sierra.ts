/**
 * Sierra Wireless from the 9x00 on, also in the name of Dell and Netgear. Firmware names are those of
 * published files and ATI answers; an RC76 and a WP76 have the same chip and run other firmware; a
 * 9x28 is a 9x07 under its Legato name (legatoproject/lk).
 */
import type { Product } from './product.ts';

const qcserial = 'Linux drivers/usb/serial/qcserial.c';
const shared68c0 = {
	application: '1199:68c0',
	loader: '1199:68c0',
	layout: 'SWI',
	source: `RC7620 field case; ${qcserial}`,
} as const;
/** Which of these is whose loader no source tells. */
const dellPairs = '413c:81a2 81a3 81a4 81a5 81a6 81a7 81a8 81a9 81b1 81b3 81cf 81d0 81d1 81d2';

export const sierra = [
	{
		name: 'RC76xx',
		models: /^RC76/i,
		usb: [shared68c0],
		chip: 'MDM9x07',
		firmware: { device: 'SWI9X07H', devices: /X07H/i, header: '9X07', headers: /X07|9X28/i },
		loader: 'sahara',
		simulated: [
			{
				name: 'RC7620',
				part: '9909667',
				released: {
					firmware: '00.03.03.00',
					revision: 'SWI9X07H_00.03.03.00 2b1b3f jenkins 2019/05/21 03:33:04',
					carrier: 'GENERIC',
					config: '001.028_000',
				},
				update: {
					firmware: '00.08.24.02',
					build: 'f90cbd jenkins 2022/03/21 03:47:54',
					date: '03/21/22',
					carrier: 'GENERIC',
					config: '001.110_000',
				},
			},
		],
	},
	{
		name: 'WP76xx',
		models: /^WP76/i,
		usb: [shared68c0],
		chip: 'MDM9x07',
		firmware: { device: 'SWI9X07Y', devices: /X07Y/i, header: '9X07', headers: /X07|9X28/i },
		loader: 'sahara',
	},
	{
		name: 'WP77xx',
		models: /^WP77/i,
		usb: [shared68c0],
		chip: 'MDM9x06',
		firmware: { device: 'SWI9X06Y', devices: /X06/i, header: '9X06', headers: /X06|X07|9X28/i },
		loader: 'sahara',
	},
	{
		name: 'EM7565, EM7511, MC7411, MC7421',
		models: /^(EM75[16]|[EM][MC]74[12]1)/i,
		usb: [
			{
				application: '1199:9091 90b1 90c3',
				loader: '1199:9090 90b0 90c1 90c2',
				layout: 'SWI',
				source: qcserial,
			},
		],
		chip: 'MDM9x50',
		firmware: { device: 'SWI9X50C', devices: /X50/i, header: '9X50', headers: /X50/i },
		loader: 'sahara',
	},
	{
		name: 'MC7455, EM7455, MC7430, EM7430',
		models: /^(EM74[35]|MC74[35])/i,
		usb: [
			{
				application: '1199:9071 9079 907b',
				loader: '1199:9070 9078 907a',
				layout: 'SWI',
				source: `${qcserial}; Sierra forum 23557`,
			},
			{
				name: 'MC7455 with MBIM only',
				application: '1199:68b1 9068',
				layout: 'MBIM',
				source: 'Sierra forum 8499',
			},
			{
				name: 'Dell DW5811e',
				application: '413c:81b6',
				loader: '413c:81b5',
				layout: 'SWI',
				source: `${qcserial}; Sierra forum 9153`,
			},
		],
		chip: 'MDM9x30',
		firmware: { device: 'SWI9X30C', devices: /X30/i, header: '9X30', headers: /X30/i },
		loader: 'qdl',
		simulated: [
			{
				name: 'MC7455',
				part: '9904609',
				released: {
					firmware: '02.24.05.06',
					revision: 'SWI9X30C_02.24.05.06 r7040 CARMD-EV-FRMWR2 2017/05/19 06:23:09',
					carrier: 'GENERIC',
					config: '002.026_000',
				},
				update: {
					firmware: '02.33.03.00',
					build: 'r8209 CARMD-EV-FRMWR2 2019/08/28 20:59:30',
					date: '08/26/20',
					carrier: 'GENERIC',
					config: '002.072_000',
				},
			},
		],
	},
	{
		name: 'MC73xx, EM73xx',
		models: /^(MC73|EM73)/i,
		usb: [
			{ ...shared68c0, name: 'MC73xx' },
			{
				name: 'MC7305',
				application: '1199:9041',
				loader: '1199:9040',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'EM7305',
				application: '1199:9063',
				loader: '1199:9062',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'EM7355',
				application: '1199:901f',
				loader: '1199:901e',
				layout: 'SWI',
				source: qcserial,
			},
		],
		chip: 'MDM9x15',
		firmware: { device: 'SWI9X15C', devices: /X15C/i, header: '9X15', headers: /X15/i },
		loader: 'qdl',
	},
	{
		name: 'WP75xx, WP85xx',
		models: /^WP(75|85)/i,
		usb: [],
		chip: 'MDM9x15',
		firmware: { device: 'SWI9X15Y', devices: /X15Y/i, header: '9X15', headers: /X15/i },
		loader: 'qdl',
	},
	{
		name: 'AR7xxx, AR8xxx',
		models: /^AR[78]/i,
		usb: [],
		chip: 'MDM9x15',
		firmware: { device: 'SWI9X15A', devices: /X15A/i, header: '9X15', headers: /X15/i },
		loader: 'qdl',
	},
	{
		name: 'MC77xx, EM7700',
		models: /^MC77/i,
		usb: [
			{
				name: 'MC7710',
				application: '1199:68a2',
				loader: '1199:68a2',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'MC7700',
				application: '0f3d:68a2',
				loader: '0f3d:68a2',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'MC7750',
				application: '114f:68a2',
				loader: '114f:68a2',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'MC77xx DirectIP',
				application: '1199:68a3',
				source: 'Linux drivers/usb/serial/sierra.c',
			},
			{ name: 'EM7700', application: '1199:901c', layout: 'SWI', source: qcserial },
			{ name: 'MC7770', application: '1199:901b', layout: 'G2K', source: qcserial },
		],
		chip: 'MDM9200',
		firmware: { device: 'SWI9200X', devices: /9200/i, header: '9200', headers: /9200/i },
		loader: 'qdl',
	},
	{
		name: 'EM7590, EM7690',
		usb: [{ application: '1199:c081', loader: '1199:c080', layout: 'SWI', source: qcserial }],
	},
	{
		name: 'EM919x, EM929x',
		models: /^EM(91|76)/i,
		usb: [
			{
				application: '1199:90d3 90d9 90e1 90e3',
				loader: '1199:90d2 90d8 90e0 90e2',
				layout: 'EM9',
				source: 'Linux drivers/usb/serial/option.c; linux-usb patches',
			},
		],
		chip: 'SDX55',
		firmware: { device: 'SWIX55C', devices: /X55/i, header: '9X55', headers: /X55/i },
		loader: 'sahara',
	},
	{
		name: 'EM92xx',
		models: /^EM92/i,
		usb: [],
		chip: 'SDX65',
		firmware: { device: 'SWIX65C', devices: /X65/i, header: '9X65', headers: /X65/i },
		loader: 'sahara',
	},
	{
		name: 'EM86xx',
		usb: [
			{
				application: '1199:90e5',
				loader: '1199:90e4',
				layout: 'SWI',
				source: 'linux-usb patches',
			},
		],
	},
	{
		name: 'Sierra QDL',
		usb: [
			{
				application: '1199:68a5 68a9',
				loader: '1199:68a4 68a8',
				layout: 'G2K',
				source: qcserial,
			},
		],
	},
	{
		name: 'Dell, by Sierra',
		usb: [
			{
				name: 'Dell DW5816e',
				application: '413c:81cc',
				loader: '413c:81cb',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'Dell DW5826e',
				application: '413c:8217',
				loader: '413c:8218',
				layout: 'SWI',
				source: qcserial,
			},
			{
				name: 'Dell 5808, 5809, 5818, 5819, 5570',
				application: dellPairs,
				loader: dellPairs,
				layout: 'SWI',
				source: qcserial,
			},
		],
	},
	{
		name: 'Netgear MR1100',
		usb: [{ application: '0846:68e1 68e2', loader: '0846:68e0', source: 'bkerler/edl' }],
	},
] as const satisfies readonly Product[];
