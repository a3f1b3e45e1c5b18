/** Qualcomm's Gobi cards, in whoever's name (Linux drivers/usb/serial/qcserial.c). */
import type { Product } from './product.ts';

const qcserial = 'Linux drivers/usb/serial/qcserial.c';

export const gobi = [
	{
		name: 'Gobi 2000',
		usb: [
			{
				application: '1199:9001 9002 9003 9004 9005 9006 9007 9008 9009 900a',
				loader: '1199:9000',
				layout: 'G2K',
				source: qcserial,
			},
			{
				application: '05c6:9205 9215 9225 9235 9245 9265 9275 920b',
				loader: '05c6:9204 9214 9224 9234 9244 9264 9274 9208',
				layout: 'G2K',
				source: qcserial,
			},
		],
	},
	{
		name: 'Gobi 1000',
		usb: [
			{
				application: '05c6:9001 9002 9009 9202 9203 9222',
				loader: '05c6:9201 9211 9221 9231',
				layout: 'G1K',
				source: qcserial,
			},
		],
	},
	{
		name: 'Gobi 3000 (MC8355, MC8305)',
		usb: [
			{
				application: '1199:9011 9013 9015 9019',
				loader: '1199:9010 9012 9014 9018',
				layout: 'G2K',
				source: qcserial,
			},
			{
				name: 'Gobi 3000',
				application: '05c6:920d',
				loader: '05c6:920c',
				layout: 'G2K',
				source: qcserial,
			},
		],
	},
] as const satisfies readonly Product[];
