import type { Release } from '../loader/received-image.ts';

/** What tells one simulated model from another. */
export type Model = {
	readonly name: string;
	readonly vid: string;
	/** USB product ids of the application and of the boot loader, which may be the same. */
	readonly applicationPid: string;
	readonly loaderPid: string;
	/** The chip family, as the headers of its images name it. */
	readonly product: string;
	/** The device, as its version strings name it. */
	readonly device: string;
	/** Part number, as its PRI names it. */
	readonly part: string;
	/** What it runs before anybody flashed it. */
	readonly released: Release;
};

export const models = {
	/** MDM9x07: Sahara and Firehose; one USB id for both modes (the field case). */
	RC7620: {
		name: 'RC7620',
		vid: '1199',
		applicationPid: '68c0',
		loaderPid: '68c0',
		product: '9X07',
		device: 'SWI9X07H',
		part: '9909667',
		released: {
			firmware: '00.03.03.00',
			revision: 'SWI9X07H_00.03.03.00 2b1b3f jenkins 2019/05/21 03:33:04',
			carrier: 'GENERIC',
			config: '001.028_000',
		},
	},
	/** MDM9x30: QDL, firmware and settings in two files, an id of its own for the loader (qcserial.c). */
	MC7455: {
		name: 'MC7455',
		vid: '1199',
		applicationPid: '9071',
		loaderPid: '9070',
		product: '9X30',
		device: 'SWI9X30C',
		part: '9904609',
		released: {
			firmware: '02.24.05.06',
			revision: 'SWI9X30C_02.24.05.06 r7040 CARMD-EV-FRMWR2 2017/05/19 06:23:09',
			carrier: 'GENERIC',
			config: '002.026_000',
		},
	},
} as const satisfies Record<string, Model>;
