/** The views by name, in the order of their keys. It stands apart so that the command line need not load them. */
export const viewNames = ['usb', 'at', 'firmware', 'flash', 'recordings'] as const;
export type ViewName = (typeof viewNames)[number];
export const isViewName = (name: string): name is ViewName =>
	viewNames.some((view) => view === name);

export const viewTitles: Readonly<Record<ViewName, string>> = {
	usb: 'USB',
	at: 'AT',
	firmware: 'Firmware',
	flash: 'Flash',
	recordings: 'Recordings',
};
