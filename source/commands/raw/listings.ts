import { rawKeys } from '../../session/raw/prefix-keys.ts';
import type { Listing } from '../common/command.ts';

export const keyListings = (): Listing[] => [
	{ title: 'Keys', rows: rawKeys.map(({ key, says }) => [`Ctrl-T ${key}`, says]) },
];
