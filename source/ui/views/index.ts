/** The views of the console: what makes each of them, and what can be done there. */
import type { Action, View, ViewContext } from '../actions/view-context.ts';
import type { ViewName } from '../text/view-names.ts';
import { atActions } from './at/at-actions.ts';
import { AtView } from './at/at-view.ts';
import { typingActions } from './at/typing-actions.ts';
import { firmwareActions } from './firmware/firmware-actions.ts';
import { FirmwareView } from './firmware/firmware-view.ts';
import { flashActions } from './flash/flash-actions.ts';
import { FlashView } from './flash/flash-view.ts';
import { recordingsActions } from './recordings/recordings-actions.ts';
import { RecordingsView } from './recordings/recordings-view.ts';
import { usbActions } from './usb/usb-actions.ts';
import { UsbView } from './usb/usb-view.ts';

type ViewEntry = {
	readonly create: (context: ViewContext) => View;
	readonly actions: readonly Action[];
};

/** The actions of a view are run on that view alone: here its own type is left behind. */
const entry = <V extends View>(
	State: new (context: ViewContext) => V,
	actions: readonly Action<V>[],
): ViewEntry => ({
	create: (context) => new State(context),
	actions: actions as unknown as readonly Action[],
});

export const views: Readonly<Record<ViewName, ViewEntry>> = {
	usb: entry(UsbView, usbActions),
	at: entry(AtView, [...typingActions, ...atActions]),
	firmware: entry(FirmwareView, firmwareActions),
	flash: entry(FlashView, flashActions),
	recordings: entry(RecordingsView, recordingsActions),
};
