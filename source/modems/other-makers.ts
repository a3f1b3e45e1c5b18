/**
 * Modules of other makers, most on Qualcomm's chips, and the chips' own ids. Roles are those of
 * ModemManager's port types (src/plugins/MAKER/77-mm-MAKER-port-types.rules).
 */
import type { Product } from './product.ts';

const option = 'Linux drivers/usb/serial/option.c';
const rules = (maker: string) => `ModemManager 77-mm-${maker}-port-types.rules`;

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
		name: 'Quectel EC, EG, EM, BG, RG, RM',
		models: /^(E[CGP]\d|EM[012]|BG9|R[GM]\d|AG\d)/i,
		waysIn: { commands: [], pin: { name: 'USB_BOOT', held: 'at VDD_EXT (1.8 V)' } },
		packages: true,
		usb: [
			{
				application:
					'2c7c:0121 0122 0123 0124 0125 0127 0191 0195 0296 0306 030a 030c 0310 0311 0312 0313 0314 0316 0512 0620 0700 0800 0801 6008 6009',
				layout: 'DM NMEA AT AT',
				source: `${rules('quectel')}; ${option}`,
			},
			{
				name: 'Quectel EC20 with five interfaces',
				application: '05c6:9215',
				interfaces: 5,
				layout: 'DM NMEA AT AT',
				source: 'Linux drivers/usb/serial/qcserial.c, handle_quectel_ec20',
			},
			{
				name: 'Quectel EM060K',
				application: '2c7c:0128',
				layout: '- - - DM NMEA AT',
				source: rules('quectel'),
			},
		],
	},
	{
		name: 'Telit',
		models: /^(LE|LM|LN|ME|FN|FE|FM)9\d\d/i,
		usb: [
			{
				application: '1bc7:1031 1033 1101 110a',
				layout: 'DM AT AT',
				source: rules('telit'),
			},
			{ application: '1bc7:1040 1050', layout: 'DM - - - AT AT', source: rules('telit') },
			{ application: '1bc7:1041 1051', layout: 'DM - - - - AT AT', source: rules('telit') },
			{
				application: '1bc7:1060 1070 1201',
				layout: 'DM - - NMEA AT AT',
				source: rules('telit'),
			},
			{
				application: '1bc7:1061 1071 1204',
				layout: 'DM - - - NMEA AT AT',
				source: rules('telit'),
			},
			{ application: '1bc7:10a0 10c0', layout: '- NMEA AT DM', source: rules('telit') },
			{ application: '1bc7:10a2 10c2', layout: '- - NMEA AT DM', source: rules('telit') },
			{ application: '1bc7:10a4 10c4', layout: '- AT AT DM', source: rules('telit') },
			{ application: '1bc7:10a7 10c6', layout: '- - AT AT DM', source: rules('telit') },
			{ application: '1bc7:10a9 10c8', layout: '- AT DM', source: rules('telit') },
			{ application: '1bc7:10aa 10c9', layout: '- - AT DM', source: rules('telit') },
			{ application: '1bc7:10b0 10d0', layout: '- NMEA AT AT - DM', source: rules('telit') },
			{ application: '1bc7:10b1 10d1', layout: '- - NMEA AT AT - DM', source: rules('telit') },
			{ loader: '1bc7:9010 9200 9201', source: option },
			{ memoryDump: '1bc7:9000', source: option },
			{ memoryDump: '1bc7:900e', source: 'bkerler/edl' },
		],
	},
	{
		name: 'SIMCom',
		models: /^SIM\d/i,
		usb: [
			{
				name: 'SIM7000, SIM7100, SIM7600',
				application: '1e0e:9001',
				layout: 'DM NMEA AT AT',
				source: `${rules('simtech')}; ${option}`,
			},
			{
				name: 'SIM7070, SIM7080, SIM7090',
				application: '1e0e:9205 9206',
				layout: 'DM NMEA AT',
				source: `${rules('simtech')}; ${option}`,
			},
			{
				name: 'A7600E-H, A7602E-H',
				application: '1e0e:9011',
				layout: '- - - - AT',
				source: `${rules('simtech')}; ${option}`,
			},
		],
	},
	{
		name: 'Fibocom',
		models: /^(NL668|FM1\d\d|L850|L610|MA510)/i,
		usb: [
			{ application: '2cb7:0007', layout: '- - AT - - - AT', source: rules('fibocom') },
			{ application: '2cb7:01a0', layout: '- - AT AT', source: `${rules('fibocom')}; ${option}` },
			{ application: '2cb7:0104', layout: 'DM AT AT', source: `${rules('fibocom')}; ${option}` },
			{ application: '2cb7:0106', layout: '- AT AT', source: `${rules('fibocom')}; ${option}` },
			{ application: '2cb7:010a', layout: 'AT AT', source: `${rules('fibocom')}; ${option}` },
			{ application: '2cb7:01a2', layout: '- - AT', source: `${rules('fibocom')}; ${option}` },
			{
				application: '2cb7:0115 01a4',
				layout: '- - - AT',
				source: `${rules('fibocom')}; ${option}`,
			},
			{ application: '1508:1001', layout: 'DM AT AT AT', source: `${rules('fibocom')}; ${option}` },
			{ application: '1782:4d10', layout: 'AT - - - - AT AT', source: rules('fibocom') },
			{ application: '8087:095a', layout: 'AT - - - AT', source: rules('fibocom') },
		],
	},
	{
		name: 'Foxconn T77W968, Dell DW5821e',
		usb: [
			{
				application: '0489:e0b4 e0b5',
				layout: '- - AT AT NMEA DM',
				source: `${rules('foxconn')}; ${option}`,
			},
			{ application: '413c:81d7 81e0', layout: '- - AT AT NMEA DM', source: rules('dell') },
		],
	},
] as const satisfies readonly Product[];
