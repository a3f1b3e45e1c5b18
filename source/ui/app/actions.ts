/**
 * Everything that a person can do, once: the keys, the help, the palette and the hint line are made
 * from this table. Nothing in it writes to a modem at one key: what could, asks first.
 */
import type { Action } from '../actions/action.ts';
import { globalActions } from '../actions/global.ts';
import { listActions } from '../actions/list.ts';
import { replayActions } from '../actions/replay.ts';
import { atActions } from '../views/at/at-actions.ts';
import { typingActions } from '../views/at/typing-actions.ts';
import { firmwareActions } from '../views/firmware/firmware-actions.ts';
import { flashActions } from '../views/flash/flash-actions.ts';
import { recordingsActions } from '../views/recordings/recordings-actions.ts';
import { usbActions } from '../views/usb/usb-actions.ts';

/** The order is that of the help and of the hint line, and the first that fits a key takes it. */
export const actions: readonly Action[] = [
	...typingActions,
	...usbActions,
	...atActions,
	...firmwareActions,
	...flashActions,
	...recordingsActions,
	...replayActions,
	...listActions,
	...globalActions,
];
