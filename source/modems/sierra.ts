/**
 * Sierra Wireless from the 9x07 and 9x30 on. Firmware names are those of
 * published files and ATI answers; an RC76 and a WP76 have the same chip and run other firmware; a
 * 9x28 is a 9x07 under its Legato name (legatoproject/lk); an EM7690 is an SDX55 (README of Sierra's
 * MBPL driver).
 */
import type { Product } from './product.ts';

import { byCommand, qcserial, shared68c0 } from './sierra-shared.ts';

/** I. Shapovalov, linux-usb 2024-11-17: ported from Sierra's driver, tried on an EM7565. */
const patches = 'linux-usb 2024-11-17, patches 2 and 3 for qcserial.c';
/** Help of AT!USBCOMP=?: of a 9x30 (osmocom wiki), and of a 9x50 (the patches). */
const usbComp = { generic: 1, types: { 1: 'Generic', 2: 'USBIF-MBIM', 3: 'RNDIS' } } as const;
const usbComp9x50 = {
	generic: 3,
	types: { 1: 'MBIM USBIF', 2: 'PCIE USBIF', 3: 'Legacy-Generic', 4: 'RNDIS' },
} as const;

const tp1 = { ...byCommand, pin: { name: 'TP1', held: 'low' } } as const;
/** On the M.2 cards; the mini cards have no DPR. */
const floats = { ...byCommand, needs: 'DPR (pin 25 of an M.2 card) floating' } as const;

export const sierra = [
	{
		name: 'RC76xx',
		models: /^RC76/i,
		usb: [shared68c0],
		chip: 'MDM9x07',
		firmware: { device: 'SWI9X07H', devices: /X07H/i, header: '9X07', headers: /X07|9X28/i },
		loader: 'sahara',
		usbComp,
		waysIn: tp1,
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
		usbComp,
		waysIn: tp1,
	},
	{
		name: 'WP77xx',
		models: /^WP77/i,
		usb: [shared68c0],
		chip: 'MDM9x06',
		firmware: { device: 'SWI9X06Y', devices: /X06/i, header: '9X06', headers: /X06|X07|9X28/i },
		loader: 'sahara',
		usbComp,
		waysIn: tp1,
	},
	{
		name: 'EM7565, EM7511, MC7411, MC7421',
		models: /^(EM75[16]|[EM][MC]74[12]1)/i,
		usb: [
			{ application: '1199:9091', loader: '1199:9090', layout: 'SWI', source: qcserial },
			{
				application: '1199:90b1',
				loader: '1199:90b0',
				layout: '- - AT NMEA DM',
				usbComp: 1,
				source: `type 1, MBIM USBIF: ${patches}`,
			},
			{
				application: '1199:90c1 90c3',
				loader: '1199:90c0 90c2',
				layout: 'AT NMEA DM',
				usbComp: 2,
				source: `type 2, PCIE USBIF: ${patches}`,
			},
		],
		chip: 'MDM9x50',
		firmware: { device: 'SWI9X50C', devices: /X50/i, header: '9X50', headers: /X50/i },
		loader: 'sahara',
		waysIn: floats,
		// Sierra forum 17441.
		hangsOnUsb3: 'bug QTI9X50-837, mended in 01.05.01.00',
		usbComp: usbComp9x50,
		simulated: [
			{
				name: 'EM7565',
				// dmesg in Sierra forum 16236.
				loaderName: 'QUSB__BULK',
				part: '9907344',
				released: {
					firmware: '01.08.04.00',
					revision: 'SWI9X50C_01.08.04.00 dbb5d0 jenkins 2018/08/21 21:40:11',
					carrier: 'GENERIC',
					config: '002.008_004',
				},
				update: {
					firmware: '01.14.02.00',
					build: '2e210b jenkins 2020/08/19 14:18:39',
					date: '08/19/20',
					carrier: 'GENERIC',
					config: '002.021_000',
				},
			},
		],
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
				layout: '-',
				source: 'Sierra forum 8499',
			},
			{
				name: 'Dell DW5811e',
				application: '413c:81b6 81c2',
				loader: '413c:81b5',
				layout: 'SWI',
				source: `${qcserial}; Sierra forum 9153`,
			},
		],
		chip: 'MDM9x30',
		firmware: { device: 'SWI9X30C', devices: /X30/i, header: '9X30', headers: /X30/i },
		loader: 'qdl',
		usbComp,
		waysIn: byCommand,
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
		name: 'EM7590',
		models: /^EM759/i,
		usb: [
			{ application: '1199:c081', loader: '1199:c080', layout: 'SWI', source: qcserial },
			{ loader: '1199:c082', source: 'Sierra forum 35873' },
		],
		chip: 'SDX12',
		firmware: { device: 'SWIX12C', devices: /X12/i, header: '9X12', headers: /X12/i },
		loader: 'sahara',
		waysIn: byCommand,
	},
	{
		name: 'EM919x, EM7690',
		models: /^EM(91|76)/i,
		// Sierra’s set-up scripts for EM91.
		backup: 'AT!NVBACKUP=4',
		usb: [
			{
				application: '1199:90d3',
				loader: '1199:90d2',
				layout: '- - - AT DM',
				source: `Linux drivers/usb/serial/option.c and qcserial.c; ${patches}`,
			},
			{
				application: '1199:90d9',
				loader: '1199:90d8',
				layout: '- AT DM',
				source: `RMNET: ${patches}`,
			},
		],
		chip: 'SDX55',
		firmware: { device: 'SWIX55C', devices: /X55/i, header: '9X55', headers: /X55/i },
		loader: 'sahara',
		waysIn: byCommand,
		// Versions are those of published files; build names, dates and the part number are made up.
		simulated: [
			{
				name: 'EM9191',
				part: '9909860',
				released: {
					firmware: '02.08.01.00',
					revision: 'SWIX55C_02.08.01.00 000000 jenkins 2020/12/18 07:00:00',
					carrier: 'GENERIC',
					config: '020.007_001',
				},
				update: {
					firmware: '03.14.10.00',
					build: '000000 jenkins 2024/03/13 05:38:53',
					date: '03/13/24',
					carrier: 'GENERIC',
					config: '025.054_000',
				},
			},
		],
	},
	{
		name: 'EM929x',
		models: /^EM92/i,
		usb: [
			{
				application: '1199:90e1 90e3',
				loader: '1199:90e0 90e2',
				layout: '- - - AT DM',
				source: patches,
			},
		],
		chip: 'SDX65',
		firmware: { device: 'SWIX65C', devices: /X65/i, header: '9X65', headers: /X65/i },
		loader: 'sahara',
		waysIn: byCommand,
	},
	{
		name: 'EM86xx',
		usb: [
			{
				application: '1199:90e5',
				loader: '1199:90e4',
				layout: 'SWI',
				source: qcserial,
			},
		],
		waysIn: byCommand,
	},
	{
		name: 'Semtech SDX35',
		usb: [{ application: '05c6:90b8', layout: 'DM AT', source: 'A. Xue, linux-usb 2025-03-20' }],
	},
	{
		name: 'HL7812',
		models: /^HL78/i,
		usb: [
			{
				application: '1199:c001',
				layout: 'AT - - - NMEA',
				source: 'ModemManager 77-mm-sierra.rules',
			},
		],
	},
] as const satisfies readonly Product[];
