/** Sierra Wireless up to the 9x15. */
import type { Product } from './product.ts';

import { byCommand, qcserial, shared68c0 } from './sierra-shared.ts';

export const olderSierra = [
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
		waysIn: byCommand,
	},
	{
		name: 'WP75xx, WP85xx',
		models: /^WP(75|85)/i,
		usb: [],
		chip: 'MDM9x15',
		firmware: { device: 'SWI9X15Y', devices: /X15Y/i, header: '9X15', headers: /X15/i },
		loader: 'qdl',
		waysIn: byCommand,
	},
	{
		name: 'AR7xxx, AR8xxx',
		models: /^AR[78]/i,
		usb: [],
		chip: 'MDM9x15',
		firmware: { device: 'SWI9X15A', devices: /X15A/i, header: '9X15', headers: /X15/i },
		loader: 'qdl',
		waysIn: byCommand,
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
		waysIn: byCommand,
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
] as const satisfies readonly Product[];
