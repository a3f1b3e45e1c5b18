import type { Place } from '../../session/remarks/remark.ts';
import type { ViewName } from '../text/view-names.ts';

/** The view that shows a place. */
export const viewOf: Readonly<Record<Place['among'], ViewName>> = {
	usb: 'usb',
	at: 'at',
	traffic: 'flash',
	events: 'recordings',
};
