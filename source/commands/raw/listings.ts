import { rawKeys } from '../../session/raw/prefix-keys.ts';
import type { Listing } from '../common/command.ts';

export const keyListings = (): Listing[] => [
	{ title: 'keys', rows: rawKeys.map(({ key, says }) => [`Ctrl-T ${key}`, says]) },
];
