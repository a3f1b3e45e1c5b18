/** Which serial interface of an application is what, by its number. */

export type Role = 'AT' | 'DM' | 'NMEA' | 'QMI' | 'MBIM';

export type Layout = 'SWI' | 'G1K' | 'G2K' | 'EM9' | 'MBIM';

/** SWI, G1K and G2K are the names of Linux's qcserial.c; EM9 is bound by option.c. */
export const layouts: Readonly<Record<Layout, Readonly<Record<number, Role>>>> = {
	SWI: { 0: 'DM', 2: 'NMEA', 3: 'AT' },
	G1K: { 0: 'DM', 2: 'AT' },
	G2K: { 1: 'DM', 2: 'AT', 3: 'NMEA' },
	EM9: { 3: 'AT', 4: 'DM' },
	MBIM: {},
};
