import { knownTexts } from '../../recording/import/importers.ts';
import type { Listing } from '../common/command.ts';

/** What can be made a recording, for the help. */
export const textListings = (): Listing[] => [
	{ title: 'Reads any text that holds lines of these', rows: knownTexts.map((name) => [name, '']) },
];
