import { lookUp } from '../../../at/catalogue.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import type { Situation } from '../../../session/situation/standing.ts';
import { isLoader } from '../../../usb/device/modes.ts';
import type { Action } from '../../actions/view-context.ts';
import { askArm, askDisarm, askLeave } from './arm-dialogs.ts';
import type { UsbState } from './usb-state.ts';

/** Where the application stays there is no window to arm for. */
const stays: ReadonlySet<Situation['state']> = new Set(['application', 'low power']);

export const usbActions: readonly Action<UsbState>[] = [
	{
		risk: 'modem',
		where: 'usb',
		keys: ['h'],
		step: 'arm',
		hint: 'arm boot and hold',
		isQuiet: ({ session }) => stays.has(situationOf(session).state),
		name: 'Arm a command for the next window (AT!BOOTHOLD)',
		words: ['arm', 'hold', 'catch', ...(lookUp('AT!BOOTHOLD')?.synonyms ?? [])],
		unless: ({ session: { devices, path = '', flash } }) => {
			if (flash.running) return 'A flash runs: it alone speaks to the modem until it ends.';
			return isLoader(devices.get(path))
				? 'The boot loader holds already: it takes a flash, and no AT command.'
				: 'No modem has been seen here that a command could be armed for.';
		},
		when: ({ session: { hasUsb, modem, devices, path = '', flash } }) =>
			hasUsb &&
			modem !== undefined &&
			modem.at.armed === undefined &&
			!flash.running &&
			!isLoader(devices.get(path)),
		run: askArm,
	},
	{
		risk: 'none',
		where: 'usb',
		keys: ['h'],
		hint: 'disarm',
		name: 'Disarm the command',
		words: ['arm'],
		unless: 'Nothing is armed.',
		when: ({ session }) => session.modem?.at.armed !== undefined,
		run: askDisarm,
	},
	{
		risk: 'modem',
		where: 'usb',
		keys: ['o'],
		hint: 'leave the loader',
		name: 'Leave the boot loader without flashing',
		words: ['reset', 'exit', 'release', 'application', 'bootloader'],
		unless: 'No boot loader holds here that could be left.',
		when: ({ session: { modem, devices, path = '', flash } }) =>
			modem !== undefined && isLoader(devices.get(path)) && !flash.running,
		run: askLeave,
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Show the device of this event',
		keys: ['enter'],
		hint: 'details',
		words: ['lsusb', 'interfaces', 'driver'],
		unless: 'No modem has been seen: there is no event.',
		when: ({ pane }, view) => view.hasEvents && pane !== 1,
		run: (_, view) => view.showDetails(),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Longer columns in the timelines: 2, 5, 10 s and more',
		keys: ['<'],
		words: ['zoom', 'timeline', 'seconds', 'out'],
		unless: 'No modem has been seen: there is no timeline.',
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.zoomTime(1),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Shorter columns in the timelines',
		keys: ['>'],
		words: ['zoom', 'timeline', 'seconds', 'in'],
		unless: 'No modem has been seen: there is no timeline.',
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.zoomTime(-1),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Measure from this row: cursor A',
		keys: ['x'],
		words: ['measure', 'time', 'between', 'delta', 'interval', 'jitter', 'median'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.setCursor('a'),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Measure up to this row: cursor B',
		keys: ['X'],
		words: ['measure', 'time', 'between', 'delta', 'interval', 'jitter', 'median'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.setCursor('b'),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Cursor to the previous change',
		keys: ['['],
		words: ['measure', 'snap'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.moveCursor(-1),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Cursor to the next change',
		keys: [']'],
		words: ['measure', 'snap'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.moveCursor(1),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Only the time from A to B, or all',
		keys: ['z'],
		words: ['zoom', 'measure', 'timeline'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => view.zoomToCursors(),
	},
	{
		risk: 'none',
		where: 'usb',
		name: 'Lanes: kernel, ports, AT, protocol, phase',
		keys: ['w'],
		words: ['axis', 'correlate', 'together'],
		when: (_, view) => view.hasEvents,
		run: (_, view) => {
			view.hasLanes = !view.hasLanes;
		},
	},
];
