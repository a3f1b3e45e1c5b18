import { lookUp } from '../../../at/catalogue.ts';
import type { Action } from '../../actions/action.ts';
import { askArm, askDisarm } from './arm-dialogs.ts';

export const usbActions: readonly Action[] = [
	{
		risk: 'modem',
		where: 'usb',
		keys: ['h'],
		hint: 'arm boot and hold',
		name: 'Arm a command for the next window (AT!BOOTHOLD)',
		words: ['arm', 'hold', 'catch', ...(lookUp('AT!BOOTHOLD')?.synonyms ?? [])],
		when: ({ session }) =>
			session.hasUsb && session.armed === undefined && session.kind !== 'replay',
		run: askArm,
	},
	{
		risk: 'none',
		where: 'usb',
		keys: ['h'],
		hint: 'disarm',
		name: 'Disarm the command',
		words: ['arm'],
		when: ({ session }) => session.armed !== undefined,
		run: askDisarm,
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Show the device of this event',
		keys: ['enter'],
		hint: 'details',
		words: ['lsusb', 'interfaces', 'driver'],
		when: ({ views }) => views.usb.hasEvents,
		run: ({ views }) => views.usb.showDetails(),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Longer columns in the timelines: 2, 5, 10 s and more',
		keys: ['<'],
		words: ['zoom', 'timeline', 'seconds', 'out'],
		when: ({ views }) => views.usb.hasEvents,
		run: ({ views }) => views.usb.zoomTime(1),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Shorter columns in the timelines',
		keys: ['>'],
		words: ['zoom', 'timeline', 'seconds', 'in'],
		when: ({ views }) => views.usb.hasEvents,
		run: ({ views }) => views.usb.zoomTime(-1),
	},
];
