import type { FlagsOf, Options } from '../common/command.ts';

export const learnOptions = {
	name: {
		type: 'text',
		value: 'NAME',
		says: 'who learns; each name has its own values and its own progress',
	},
	teacher: {
		type: 'switch',
		says: 'print a table of all learners, from their progress files or a folder of them',
	},
	socket: {
		type: 'text',
		value: 'DIR',
		says: 'capstone: run the modem in this folder',
	},
	for: {
		type: 'seconds',
		value: '10m',
		says: 'capstone: how long to wait for each run of your program',
	},
	ascii: { type: 'switch', says: 'draw with ASCII only' },
	json: { type: 'switch', says: 'the table and the verdict as JSON, one object a line' },
} as const satisfies Options;

export type LearnFlags = FlagsOf<typeof learnOptions>;
