import type { FlagsOf, Options } from '../common/command.ts';

export const caseOptions = {
	output: {
		type: 'text',
		value: 'FILE',
		short: 'o',
		says: 'where the case goes; an existing file is not overwritten',
	},
	snapshot: {
		type: 'switch',
		says: 'read the state of the modem over AT now, and pack it too',
	},
	unpack: {
		type: 'text',
		value: 'DIR',
		says: 'write the files of a case into a new folder, as for a test',
	},
	unmasked: {
		type: 'switch',
		says: 'keep IMEI, SIM and serial numbers, host and user names as they are',
	},
	device: {
		type: 'text',
		value: '3-1',
		says: 'the USB port path of the modem; else the first one seen',
	},
	rehearsal: {
		type: 'text',
		value: 'DIR',
		says: 'use the simulated modem that runs in this folder',
	},
	json: { type: 'switch', says: 'the list of the case as JSON' },
} as const satisfies Options;

export type CaseFlags = FlagsOf<typeof caseOptions>;
