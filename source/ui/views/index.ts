/** The views of the console: what makes each of them, and what can be done there. */
import type { ComponentType } from 'react';
import type { Action, View, ViewContext, ViewProps } from '../actions/view-context.ts';
import type { ViewName } from '../text/view-names.ts';
import { AtView } from './at/AtView.tsx';
import { atActions } from './at/at-actions.ts';
import { AtState } from './at/at-state.ts';
import { typingActions } from './at/typing-actions.ts';
import { FirmwareView } from './firmware/FirmwareView.tsx';
import { firmwareActions } from './firmware/firmware-actions.ts';
import { FirmwareState } from './firmware/firmware-state.ts';
import { FlashView } from './flash/FlashView.tsx';
import { flashActions } from './flash/flash-actions.ts';
import { FlashState } from './flash/flash-state.ts';
import { RecordingsView } from './recordings/RecordingsView.tsx';
import { recordingsActions } from './recordings/recordings-actions.ts';
import { RecordingsState } from './recordings/recordings-state.ts';
import { UsbView } from './usb/UsbView.tsx';
import { usbActions } from './usb/usb-actions.ts';
import { UsbState } from './usb/usb-state.ts';

type ViewEntry = {
	readonly create: (context: ViewContext) => View;
	readonly Component: ComponentType<ViewProps<View>>;
	readonly actions: readonly Action[];
};

/** A view's component and actions get that view's own state: here its type is left behind. */
const entry = <V extends View>(
	State: new (context: ViewContext) => V,
	Component: ComponentType<ViewProps<V>>,
	actions: readonly Action<V>[],
): ViewEntry => ({
	create: (context) => new State(context),
	Component: Component as unknown as ComponentType<ViewProps<View>>,
	actions: actions as unknown as readonly Action[],
});

export const views: Readonly<Record<ViewName, ViewEntry>> = {
	usb: entry(UsbState, UsbView, usbActions),
	at: entry(AtState, AtView, [...typingActions, ...atActions]),
	firmware: entry(FirmwareState, FirmwareView, firmwareActions),
	recordings: entry(RecordingsState, RecordingsView, recordingsActions),
	flash: entry(FlashState, FlashView, flashActions),
};
