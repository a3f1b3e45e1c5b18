/** Lines of logs that look like a cause and are none. Each is said once a log. */
import { type FindingText, on, type Rule } from '../evidence/rule.ts';

const onceFor = (matches: (text: string) => boolean, words: FindingText) => (): Rule => {
	let told = false;
	return on(['note'], ({ event }) => {
		if (told || !matches(event.text)) return undefined;
		told = true;
		return words;
	});
};

/** Which numbers they are, only the line tells. */
export const sparseInterfaces = (): Rule => {
	let told = false;
	return on(['note'], ({ event }) => {
		if (told) return undefined;
		const [, number] =
			/has an invalid interface number: (\d+) but max is \d+/.exec(event.text) ?? [];
		if (number === undefined) return undefined;
		told = true;
		return {
			title: '“invalid interface number” is normal here',
			means: `The modem has an interface ${number}, numbers are left out before it, and the kernel remarks that. Nothing is wrong with it.`,
			next: ['Ignore the line.'],
			certainty: 'proven',
			reference: 'gl-inet 3689; the simulated RC7620 on Linux 6.1',
		};
	});
};

export const noStorageMode = onceFor(
	(text) => text.includes('usb_modeswitch') && /\b1199[:/ ]/.test(text),
	{
		title: 'usb_modeswitch can do nothing for this modem',
		means:
			'It switches sticks that show themselves as a disk. A Sierra modem with one interface is in its boot loader, and no message of usb_modeswitch starts its application.',
		next: [
			'Leave usb_modeswitch alone.',
			'See whether the loader holds: one interface that stays. Then power-cycle or flash the modem.',
		],
		certainty: 'likely',
		reference: 'Sierra forum 34464',
	},
);
