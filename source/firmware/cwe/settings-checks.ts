import type { Check } from './check.ts';
import type { Content, EmbeddedImage, Settings } from './contents.ts';

/**
 * Whether the settings of an NVUP image read as such; nothing for other images. The format is known
 * from files only, so what does not read so is not called damaged: the image CRC tells that.
 */
export function settingsChecks(content: Content | undefined): Check[] {
	if (!content?.settings) return [];
	const { image, settings } = content;
	const check = { image, name: 'settings' } as const;
	const embedded = embeddedIn(settings);
	const wrong = embedded.find(({ crcIsRight }) => !crcIsRight);
	if (wrong) {
		const { start, header } = wrong.image;
		const where = `${header.type} image inside a setting, at 0x${start.toString(16)}`;
		return [{ ...check, state: 'failed', says: `The CRC of the ${where}, is wrong.` }];
	}
	if (settings.why) {
		const says = `They do not read as settings to their end. ${settings.why}`;
		return [{ ...check, state: 'not checkable', says }];
	}
	const inside = embedded.length ? `; images inside them with a right CRC: ${embedded.length}` : '';
	const says = `It holds as many settings as it announces, ${settings.count}${inside}.`;
	return [{ ...check, state: 'checked', says }];
}

/** Images in the values of settings, and in those of their settings. */
const embeddedIn = ({ items }: Settings): EmbeddedImage[] =>
	items
		.flatMap(({ embedded }) => embedded)
		.flatMap((found) => [found, ...(found.settings ? embeddedIn(found.settings) : [])]);
