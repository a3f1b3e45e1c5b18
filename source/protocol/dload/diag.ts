/**
 * DIAG, the diagnostic protocol of the application on interface 0: only as far as it takes to tell it
 * from a loader. Every message is HDLC framed. Sources: ModemManager libqcdm, openpst dm.h.
 */
import {
	type Draft,
	type ExpectedReply,
	layOut,
	type Message,
	message,
	type Rest,
	u8,
	u16,
} from '../fields.ts';

function diag<const Name extends string = never>(
	id: number,
	name: string,
	description: string,
	{
		body = [],
		sender = 'either',
		due,
	}: {
		body?: readonly Draft<Name>[];
		sender?: Message['sender'];
		due?: ExpectedReply;
	} = {},
): Message<Name | 'command' | 'contents'> {
	const head = u8('command', 'Which message this is.', { preset: id, values: { [id]: name } });
	const more = { rest: contents, ...(due ? { due } : {}) };
	return message(
		{ protocol: 'DIAG', name, sender, description, ...more },
		layOut<Name | 'command'>('little', [head, ...body]),
	);
}

const contents: Rest<'contents'> = { name: 'contents', description: 'What the message carries.' };
const bad = (id: number, name: string, what: string) =>
	diag(
		id,
		`DIAG ${name}`,
		`A DIAG port answers ${what}: the modem runs its application, not the loader.`,
		{
			sender: 'modem',
		},
	);
const answer: ExpectedReply = { from: 'modem', what: 'the same message, filled in', within: 1 };

/** The messages that tell a DIAG port. */
export const diagMessages = {
	version: diag(0x00, 'VERNO', 'Asks for the firmware version, or answers with it.', {
		due: answer,
	}),
	status: diag(0x0c, 'STATUS', 'Asks for the state of the phone, or answers with it.'),
	log: diag(0x10, 'LOG', 'A log record of the modem.', { sender: 'modem' }),
	badCommand: bad(0x13, 'BAD_CMD', 'a message it does not know'),
	badParameter: bad(0x14, 'BAD_PARM', 'a parameter it does not take'),
	badLength: bad(0x15, 'BAD_LEN', 'a message of the wrong length'),
	badMode: bad(0x18, 'BAD_MODE', 'a message that it does not take in this mode'),
	diagVersion: diag(0x1c, 'DIAG_VER', 'Asks for the DIAG version, or answers with it.'),
	nvRead: diag(0x26, 'NV_READ', 'Asks for a setting in the modem’s memory, or answers with it.', {
		body: [u16('item', 'Which setting.')],
	}),
	nvWrite: diag(0x27, 'NV_WRITE', 'Writes a setting to the modem’s memory.', {
		body: [u16('item', 'Which setting.')],
	}),
	mode: diag(0x29, 'MODE_CHANGE', 'Sets the mode of the modem; 2 is a reset.', {
		body: [
			u16('mode', 'The mode.', { values: { 0: 'offline', 1: 'offline digital', 2: 'reset' } }),
		],
	}),
	code: diag(0x41, 'SPC', 'Gives the service programming code, or says whether it was right.'),
	subsystem: diag(0x4b, 'SUBSYS_CMD', 'A message to one part of the modem.', {
		body: [
			u8('subsystem', 'Which part.', {
				values: { 101: 'boot: 4B 65 01 00 sends some modems to EDL' },
			}),
			u16('subcommand', 'What to do.'),
		],
	}),
	logConfiguration: diag(0x73, 'LOG_CONFIG', 'Chooses what is logged.'),
	build: diag(0x7c, 'EXT_BUILD_ID', 'Asks which build runs, or answers with it.'),
	extendedMessage: diag(0x7d, 'EXT_MSG_CONFIG', 'Chooses which debug messages come.'),
} as const;
