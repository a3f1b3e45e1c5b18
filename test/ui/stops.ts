/** The places of a person's walk through every view and dialog. */
import { models } from '../../source/modems/simulated.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import type { ViewName } from '../../source/ui/text/view-names.ts';
import { FakeSession, unfinished } from './fake-session.ts';
import { flashing, looping, lowPower, planned, replaying } from './sessions.ts';

function nothingThere(): FakeSession {
	const session = new FakeSession();
	session.path = undefined;
	session.model = undefined;
	session.hasUsb = false;
	return session;
}

function armed(): FakeSession {
	const session = looping();
	session.at.armed = 'AT!BOOTHOLD';
	return session;
}

function holding(): FakeSession {
	const session = looping();
	session.devices.set('3-1', loaderDevice(models.RC7620, 60));
	return session;
}

function leftUnfinished(): FakeSession {
	const session = looping();
	session.flasher.unfinished = unfinished;
	return session;
}

export type Stop = {
	readonly name: string;
	readonly session: () => FakeSession;
	readonly view: ViewName;
	/** Keys by name; what stands in double quotes is typed. */
	readonly keys?: readonly string[];
};

export const stops: readonly Stop[] = [
	{ name: 'usb', session: looping, view: 'usb' },
	{ name: 'usb-nothing', session: nothingThere, view: 'usb' },
	{ name: 'usb-armed', session: armed, view: 'usb' },
	{ name: 'usb-meaning-zoomed', session: looping, view: 'usb', keys: ['tab', '+'] },
	{ name: 'usb-search', session: looping, view: 'usb', keys: ['/', '"app"'] },
	{
		name: 'usb-filter-typed',
		session: looping,
		view: 'usb',
		keys: ['f', '"type:came !mode:boot"'],
	},
	{ name: 'usb-filter', session: looping, view: 'usb', keys: ['f', '"type:came"', 'enter'] },
	{ name: 'usb-selected', session: looping, view: 'usb', keys: ['shift-up', 'shift-up'] },
	{ name: 'usb-details', session: looping, view: 'usb', keys: ['enter'] },
	{ name: 'usb-measured', session: looping, view: 'usb', keys: ['g', 'x', 'G', 'X'] },
	{ name: 'usb-lanes', session: flashing, view: 'usb', keys: ['w'] },
	{
		name: 'usb-lanes-zoomed',
		session: looping,
		view: 'usb',
		keys: ['g', 'x', 'G', 'X', 'w', 'z'],
	},
	{ name: 'usb-low-power', session: lowPower, view: 'usb' },
	{ name: 'at-low-power', session: lowPower, view: 'at', keys: ['s'] },
	{ name: 'arm', session: looping, view: 'usb', keys: ['h'] },
	{ name: 'disarm', session: armed, view: 'usb', keys: ['h'] },
	{ name: 'leave-loader', session: holding, view: 'usb', keys: ['o'] },
	{ name: 'at', session: looping, view: 'at' },
	{ name: 'at-nothing', session: nothingThere, view: 'at' },
	{ name: 'at-typing', session: looping, view: 'at', keys: ['i', '"AT!BOOTHOLD"'] },
	{ name: 'at-asks', session: looping, view: 'at', keys: ['i', '"AT!RESET"', 'enter'] },
	{ name: 'at-history', session: looping, view: 'at', keys: ['ctrl-r'] },
	{ name: 'firmware-files', session: looping, view: 'firmware' },
	{ name: 'firmware', session: planned, view: 'firmware' },
	{ name: 'firmware-path', session: planned, view: 'firmware', keys: ['o'] },
	{ name: 'flash-nothing', session: nothingThere, view: 'flash' },
	{ name: 'flash-unfinished', session: leftUnfinished, view: 'flash' },
	{ name: 'flash-plan', session: planned, view: 'flash' },
	{ name: 'flash-start', session: planned, view: 'flash', keys: ['s'] },
	{ name: 'flash-running', session: flashing, view: 'flash' },
	{ name: 'flash-frame', session: looping, view: 'flash', keys: [']', ']', ']', ']', ']'] },
	{ name: 'flash-frame-text', session: looping, view: 'flash', keys: ['x'] },
	{ name: 'flash-ladder', session: flashing, view: 'flash', keys: ['v'] },
	{ name: 'flash-ladder-zoomed', session: flashing, view: 'flash', keys: ['v', '+', 'g', 'j'] },
	{ name: 'flash-stop', session: flashing, view: 'flash', keys: ['S'] },
	{ name: 'quit-while-flashing', session: flashing, view: 'flash', keys: ['q', 'down'] },
	{ name: 'recordings', session: looping, view: 'recordings' },
	{
		name: 'recordings-marks',
		session: looping,
		view: 'recordings',
		keys: ['tab', 'f', '"type:mark"', 'enter'],
	},
	{ name: 'recordings-replay', session: replaying, view: 'recordings' },
	{ name: 'replay-mark', session: replaying, view: 'usb', keys: ['}'] },
	{ name: 'remarks', session: looping, view: 'usb', keys: ['E'] },
	{ name: 'why', session: looping, view: 'usb', keys: ['W'] },
	{ name: 'help', session: looping, view: 'flash', keys: ['?'] },
	{ name: 'help-all', session: looping, view: 'flash', keys: ['?', '?'] },
	{ name: 'palette', session: looping, view: 'usb', keys: [':', '"ladd"'] },
	{ name: 'scenarios', session: looping, view: 'usb', keys: ['D'] },
	{ name: 'devices', session: looping, view: 'usb', keys: ['d'] },
	{ name: 'mark', session: looping, view: 'usb', keys: ['m'] },
];
