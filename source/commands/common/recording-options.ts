/** The options of the commands on recordings and bytes. */
import type { ViewName } from '../../ui/text/view-names.ts';
import type { FlagsOf, Options } from './command.ts';

export const json = { type: 'switch', says: 'one JSON object a line' } as const;

export const replayOptions = {
	summary: { type: 'switch', says: 'what it means and what to do, without the events' },
	json,
} as const satisfies Options;

export const decodeOptions = {
	from: {
		type: 'text',
		value: 'modem',
		choices: ['host', 'modem'],
		says: 'who sent the bytes, host or modem; else modemscope guesses',
	},
	plain: { type: 'switch', says: 'no colour; NO_COLOR and a pipe do the same' },
	json,
} as const satisfies Options;

export const importOptions = {
	output: {
		type: 'text',
		value: 'FILE',
		short: 'o',
		isRequired: true,
		says: 'where the recording goes',
	},
} as const satisfies Options;

export const exportOptions = {
	to: {
		type: 'text',
		value: 'pcapng',
		choices: ['text', 'pcapng', 'asciicast', 'html'],
		isRequired: true,
		says: 'the format: pcapng, asciicast, html or text',
	},
	output: {
		type: 'text',
		value: 'FILE',
		short: 'o',
		isRequired: true,
		says: 'where it goes, - for stdout; an existing file is not overwritten',
	},
	speed: {
		type: 'number',
		value: '1',
		says: 'asciicast: play this many times faster',
	},
	idle: { type: 'seconds', value: '2s', says: 'asciicast: the longest pause that is kept' },
	size: { type: 'text', value: '120x40', says: 'asciicast: columns and rows of the terminal' },
	view: {
		type: 'text',
		value: 'flash',
		choices: ['usb', 'at', 'flash'] as const satisfies ViewName[],
		says: 'asciicast: the view that is shown: usb, at or flash',
	},
	unmasked: {
		type: 'switch',
		says: 'keep IMEI, SIM and serial numbers, host and user names as they are',
	},
} as const satisfies Options;

export const compareOptions = {
	json: { type: 'switch', says: 'one JSON object' },
} as const satisfies Options;

export type DecodeFlags = FlagsOf<typeof decodeOptions>;
export type ExportFlags = FlagsOf<typeof exportOptions>;
