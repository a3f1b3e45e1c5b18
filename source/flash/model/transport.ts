/** What a loader is spoken to over: the tty that a driver makes of it, or its USB endpoints themselves. */
export const transports = ['tty', 'usb'] as const;
export type Transport = (typeof transports)[number];
