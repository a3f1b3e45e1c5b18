import type { Listing } from '../common/command.ts';
import { rawKeys } from './prefix-keys.ts';

export const keyListings = (): Listing[] => [
	{ title: 'keys', rows: rawKeys.map(({ key, says }) => [`Ctrl-T ${key}`, says]) },
];
