import type { FlagsOf, Options } from '../common/command.ts';

export const learnOptions = {
	name: {
		type: 'text',
		value: 'NAME',
		says: 'who learns: the values and the progress are his; else the name of the user',
	},
	teacher: {
		type: 'switch',
		says: 'print a table of the progress files that are named, or of a folder of them',
	},
	socket: {
		type: 'text',
		value: 'DIR',
		says: 'capstone: show the modem in this folder',
	},
	for: {
		type: 'seconds',
		value: '10m',
		says: 'capstone: how long each run of the program is waited for',
	},
	ascii: { type: 'switch', says: 'draw with ASCII only' },
	json: { type: 'switch', says: 'the table and the verdict as JSON, one object a line' },
} as const satisfies Options;

export type LearnFlags = FlagsOf<typeof learnOptions>;
