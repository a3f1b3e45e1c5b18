/** What several rows of Sierra's modems share. */

export const qcserial = 'Linux drivers/usb/serial/qcserial.c';

/** The one id of five families, in the application and in the loader. */
export const shared68c0 = {
	application: '1199:68c0',
	loader: '1199:68c0',
	layout: 'SWI',
	source: `RC7620 field case; ${qcserial}`,
} as const;

export const byCommand = { commands: ['AT!BOOTHOLD', 'QMI'] } as const;
