import type { Model } from '../../modems/simulated.ts';

/** What the maker names a package, with the settings of a carrier. */
export const packageVersionOf = ({ part, device, update }: Model): string =>
	`9999999_${part}_${device}_${update.firmware}_00_${update.carrier}_${update.config}`;

/** What an inner image of the firmware is named. */
export const buildVersionOf = ({ device, update }: Model): string =>
	`${device}_${update.firmware} ${update.build}`;
