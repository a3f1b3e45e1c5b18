/**
 * Everything that a person can do, once: the keys, the help, the palette and the hint line are made
 * from this table. Nothing in it writes to a modem at one key: what could, asks first.
 */
import type { Action } from './actions/action.ts';
import { atActions } from './actions/at.ts';
import { everywhereActions } from './actions/everywhere.ts';
import { firmwareActions } from './actions/firmware.ts';
import { flashActions } from './actions/flash.ts';
import { listActions } from './actions/list.ts';
import { recordingsActions } from './actions/recordings.ts';
import { replayActions } from './actions/replay.ts';
import { typingActions } from './actions/typing.ts';
import { usbActions } from './actions/usb.ts';

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
	...everywhereActions,
];
