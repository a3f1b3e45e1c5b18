/**
 * DLOAD and its switch to SDP, the door to QDL. Every message is HDLC framed.
 * Source: libqmi qfu-dload-message.c; ModemManager libqcdm for what a DIAG port answers.
 */
import { encode, layOut, type Message, message, u8, u16 } from './fields.ts';
import { frame } from './hdlc.ts';

function dload(
	id: number,
	name: string,
	sender: Message['sender'],
	says: string,
	body: Parameters<typeof layOut>[1] = [],
): Message {
	const head = u8('command', 'Which message this is.', { preset: id, values: { [id]: name } });
	return message({ protocol: 'DLOAD', name, sender, says }, layOut('little', [head, ...body]));
}

/** The messages that a host may meet at that door, by command. */
export const dloadMessages = {
	ack: dload(0x02, 'ACK', 'modem', 'The loader accepts: it speaks SDP and QDL follows.'),
	nak: dload(0x03, 'NAK', 'modem', 'The loader refuses.', [u16('reason', 'Why.')]),
	nop: dload(0x06, 'NOP', 'host', 'Asks for a sign of life.'),
	reset: dload(0x0a, 'RESET', 'host', 'Resets the modem.'),
	error: dload(0x0d, 'ERROR', 'modem', 'The loader reports an error.'),
	diagBadCommand: dload(
		0x13,
		'DIAG BAD_CMD',
		'modem',
		'A DIAG port answers a message it does not know: the modem runs its application, not the loader.',
	),
	switchToSdp: dload(
		0x70,
		'SDP',
		'host',
		'Asks a QDL loader to switch to the simple download protocol. A Sahara loader takes it for junk.',
		[u16('reserved', 'Not used.')],
	),
} as const;

const byCommand = new Map(
	Object.values(dloadMessages).map((entry) => [entry.fields[0]!.preset!, entry]),
);

export const dloadMessage = (command: number) => byCommand.get(command);
export const saySwitchToSdp = () => frame(encode(dloadMessages.switchToSdp));
