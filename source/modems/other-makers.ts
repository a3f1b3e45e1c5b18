/** Modules of other makers on Qualcomm's chips, and the chips' own ids. */
import type { Product } from './product.ts';

export const otherMakers = [
	{
		name: 'any Qualcomm chip',
		usb: [
			{ edl: '05c6:9008', source: 'bkerler/edl, linux-msm/qdl, fwupd' },
			{ memoryDump: '05c6:900e', source: 'bkerler/edl, linux-msm/qdl' },
			{
				name: 'any Qualcomm chip, as mass storage',
				other: '05c6:9006',
				source: 'bkerler/edl, linux-msm/qdl',
			},
			{
				name: 'Qualcomm diagnostics',
				application: '05c6:9025 9091 901d 90db',
				source: 'bkerler/edl, linux-msm/qdl',
			},
		],
	},
	{
		name: 'Quectel RM, EM, EC',
		usb: [{ application: '2c7c:0125 0296 0620 0800', source: 'Linux drivers/usb/serial/option.c' }],
	},
	{
		name: 'Telit',
		usb: [
			{ application: '1bc7:1040', source: 'bkerler/edl' },
			{ memoryDump: '1bc7:900e', source: 'bkerler/edl' },
		],
	},
] as const satisfies readonly Product[];
