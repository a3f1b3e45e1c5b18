/** Sierra's modems in the name of others. */
import type { Product } from './product.ts';

import { byCommand, qcserial } from './sierra-shared.ts';

/** Which of these is whose loader no source tells. */
const dellPairs = '413c:81a2 81a3 81a4 81a5 81a7 81a8 81a9 81b1 81b3 81cf 81d0 81d1 81d2';

export const brandedSierra = [
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
				name: 'Dell DW5826e-m',
				application: '413c:81ea',
				loader: '413c:81eb',
				layout: 'SWI',
				source: 'linux-usb patch for qcserial.c',
			},
			{
				name: 'Dell DW5570 (MC8805)',
				loader: '413c:81a6',
				layout: 'G2K',
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
		waysIn: byCommand,
	},
	{
		name: 'HP lt4111',
		usb: [{ application: '03f0:4e1d', layout: 'SWI', source: qcserial }],
		waysIn: byCommand,
	},
	{
		name: 'Netgear MR1100',
		usb: [{ application: '0846:68e1 68e2', loader: '0846:68e0', source: 'bkerler/edl' }],
		waysIn: byCommand,
	},
] as const satisfies readonly Product[];
