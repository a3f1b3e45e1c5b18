/**
 * How the RC7620 shows itself on the bus. Its USB identity is the same in both modes: one interface
 * is the loader, four are the application (kernel drivers/usb/serial/qcserial.c, layout SWI).
 */
import type { UsbDevice } from '../events.ts';

const rc7620 = {
	path: '3-1',
	vid: '1199',
	pid: '68c0',
	manufacturer: 'Sierra Wireless, Incorporated',
	product: 'Sierra Wireless RC7620',
	serial: 'REHEARSAL0000000',
	speed: 480,
};

/** `number` is the kernel's device number, which grows at every coming. */
export const applicationDevice = (number: number): UsbDevice => ({
	...rc7620,
	number,
	interfaces: [
		{ number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial', nodes: ['ttyUSB0'] },
		{ number: 2, class: 'ff/00/00', endpoints: 3, driver: 'qcserial', nodes: ['ttyUSB1'] },
		{ number: 3, class: 'ff/00/00', endpoints: 3, driver: 'qcserial', nodes: ['ttyUSB2'] },
		{
			number: 8,
			class: 'ff/ff/ff',
			endpoints: 3,
			driver: 'qmi_wwan',
			nodes: ['cdc-wdm0', 'wwan0'],
		},
	],
});

/** What the loader's strings say is not known: the application's are assumed. */
export const loaderDevice = (number: number): UsbDevice => ({
	...rc7620,
	number,
	interfaces: [
		{ number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial', nodes: ['ttyUSB0'] },
	],
});
