/**
 * How a modem shows itself on the bus: one interface is the loader, four are the application (kernel
 * drivers/usb/serial/qcserial.c, layout SWI). An RC7620 has the same USB identity in both.
 */
import type { UsbDevice, UsbEndpoint, UsbInterface } from '../../events.ts';
import type { Model } from '../../modems/simulated.ts';

const serial = 'REHEARSAL0000000';

/** Whether a device is one of these, plugged into a real machine: no modem that was made has the serial. */
export const isSimulated = (device: UsbDevice): boolean => device.serial === serial;

const shown = ({ vid, name }: Model) => ({
	path: '3-1',
	vid,
	manufacturer: 'Sierra Wireless, Incorporated',
	product: `Sierra Wireless ${name}`,
	serial,
	speed: 480,
	power: 'on' as const,
	authorized: true,
});

/** Addresses of bulk endpoints, and of an interrupt endpoint where there is one. */
const pipes = (input: string, output: string, interrupt?: string): UsbEndpoint[] => [
	{ address: input, type: 'bulk' },
	...(interrupt ? [{ address: interrupt, type: 'interrupt' as const }] : []),
	{ address: output, type: 'bulk' },
];

/** Which ports an application has. The last two are types of AT!USBCOMP whose ids Linux does not know. */
export type Composition =
	| 'all'
	| 'qmi'
	| 'mbim'
	| 'mbim and at'
	| 'none'
	| 'mbim usbif'
	| 'pcie usbif';

/** `number` is the kernel's device number, which grows at every coming. */
export const applicationDevice = (
	model: Model,
	number: number,
	composition: Composition = 'all',
	speed = 480,
): UsbDevice => ({
	...shown(model),
	speed,
	pid: model.applicationPid,
	number,
	interfaces: compositions[composition],
});

const qmi: UsbInterface = {
	number: 8,
	class: 'ff/ff/ff',
	endpoints: 3,
	pipes: pipes('86', '04', '87'),
	driver: 'qmi_wwan',
	nodes: ['cdc-wdm0', 'wwan0'],
};

/** Messages over the control endpoint, and the network's packets. */
const mbim = (number: number): UsbInterface[] => [
	{
		number,
		class: '02/0e/00',
		endpoints: 1,
		pipes: [{ address: '87', type: 'interrupt' }],
		driver: 'cdc_mbim',
		nodes: ['cdc-wdm0', 'wwan0'],
	},
	{
		number: number + 1,
		class: '0a/00/02',
		endpoints: 2,
		pipes: pipes('86', '04'),
		driver: 'cdc_mbim',
		nodes: [],
	},
];

/** A serial interface that no driver takes: it has no node. */
const unbound = (number: number, pipes: UsbEndpoint[]): UsbInterface => ({
	number,
	class: pipes.length === 3 ? 'ff/00/00' : 'ff/ff/ff',
	endpoints: pipes.length,
	pipes,
	nodes: [],
});

const compositions: Readonly<Record<Composition, UsbInterface[]>> = {
	qmi: [qmi],
	none: [
		{ ...qmi, driver: 'cdc_ether', nodes: ['eth1'] },
		{ ...qmi, number: 9, nodes: [], driver: 'cdc_ether' },
	],
	// An EM75 (Sierra forum 14913).
	mbim: mbim(12),
	// An EM919x; its ports are option's (Linux drivers/usb/serial/option.c).
	'mbim and at': [
		...mbim(0),
		{
			number: 3,
			class: 'ff/00/00',
			endpoints: 3,
			pipes: pipes('84', '03', '85'),
			driver: 'option',
			nodes: ['ttyUSB0'],
		},
		{
			number: 4,
			class: 'ff/ff/30',
			endpoints: 2,
			pipes: pipes('81', '01'),
			driver: 'option',
			nodes: ['ttyUSB1'],
		},
	],
	// linux-usb 2024-11-17, patch 2 for qcserial.c: what an EM7565 says of its types 1 and 2.
	'mbim usbif': [
		...mbim(0),
		unbound(2, pipes('84', '03', '85')),
		unbound(3, pipes('82', '02', '83')),
		unbound(4, pipes('81', '01')),
	],
	'pcie usbif': [
		unbound(0, pipes('84', '03', '85')),
		unbound(1, pipes('82', '02', '83')),
		unbound(2, pipes('81', '01')),
	],
	all: [
		{
			number: 0,
			class: 'ff/ff/ff',
			endpoints: 2,
			pipes: pipes('81', '01'),
			driver: 'qcserial',
			nodes: ['ttyUSB0'],
		},
		{
			number: 2,
			class: 'ff/00/00',
			endpoints: 3,
			pipes: pipes('82', '02', '83'),
			driver: 'qcserial',
			nodes: ['ttyUSB1'],
		},
		{
			number: 3,
			class: 'ff/00/00',
			endpoints: 3,
			pipes: pipes('84', '03', '85'),
			driver: 'qcserial',
			nodes: ['ttyUSB2'],
		},
		qmi,
	],
};

const loaderPort = { number: 0, class: 'ff/ff/ff', endpoints: 2, pipes: pipes('81', '01') };

/** Where it is not known what the loader's strings say, the application's are assumed. */
export const loaderDevice = (
	model: Model,
	number: number,
	product: string | undefined = model.loaderName,
): UsbDevice => ({
	...shown(model),
	...(product === undefined ? {} : { product }),
	pid: model.loaderPid,
	number,
	interfaces: [{ ...loaderPort, driver: 'qcserial', nodes: ['ttyUSB0'] }],
});

/** An id that no driver of this kernel knows: the port is there and has no node. */
export const strangerDevice = (model: Model, number: number): UsbDevice => ({
	...shown(model),
	pid: '90ff',
	number,
	interfaces: [{ ...loaderPort, nodes: [] }],
});

/** The chip's own emergency loader, which knows nothing of Sierra. */
export const emergencyDevice = (_model: Model, number: number): UsbDevice => ({
	path: '3-1',
	vid: '05c6',
	pid: '9008',
	manufacturer: 'Qualcomm CDMA Technologies MSM',
	product: 'QHSUSB__BULK',
	speed: 480,
	power: 'on',
	authorized: true,
	number,
	interfaces: [{ ...loaderPort, driver: 'qcserial', nodes: ['ttyUSB0'] }],
});
