import type { CheckName } from '../../flash/model/plan.ts';
import type { Listing } from '../common/command.ts';

/** The checks of a plan that a person may override. */
const overridable: Partial<Record<CheckName, string>> = {
	product: 'the file is for another model',
	version: 'the file is older than what the modem runs',
	protocol: 'the loader of this model speaks another protocol',
	modemmanager: 'ModemManager cannot be kept off the modem',
	disk: 'the recording may not fit on the disk',
};

/** The names that --override takes, for the help. */
export const checkListings = (): Listing[] => [
	{ title: 'Checks for --override', rows: Object.entries(overridable) },
];
