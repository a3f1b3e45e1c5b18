import { asciiSigns, type Signs, unicodeSigns } from './signs.ts';
import { createTheme, type Theme } from './theme.ts';

/** How things are drawn on this terminal: colours and signs. */
export type Look = { readonly paint: Theme; readonly signs: Signs; readonly ascii: boolean };

export const createLook = ({ color, ascii }: { color: boolean; ascii: boolean }): Look => ({
	paint: createTheme(color),
	signs: ascii ? asciiSigns : unicodeSigns,
	ascii,
});
