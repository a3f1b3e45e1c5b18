/** Which serial interface of an application is what, by its number. */

export type Role = 'AT' | 'DM' | 'NMEA' | 'QMI' | 'MBIM';

/**
 * A layout is the name that Linux has for it, or the roles of the interfaces from number 0 on:
 * `DM NMEA AT AT`, with `-` for one that is none of these.
 */
export type Layout = string;

/** Linux drivers/usb/serial/qcserial.c. */
const qcserial: Readonly<Record<string, string>> = {
	SWI: 'DM - NMEA AT',
	G1K: 'DM - AT',
	G2K: '- DM AT NMEA',
};

/** The roles of its interfaces, whichever way it is written. */
export const layoutText = (layout: Layout): string => qcserial[layout] ?? layout;

export function roleAt(layout: Layout, number: number): Role | undefined {
	const role = layoutText(layout).split(' ')[number];
	return role === '-' ? undefined : (role as Role | undefined);
}
