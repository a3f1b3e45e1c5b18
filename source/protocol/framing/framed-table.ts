import {
	type ExpectedReply,
	type Field,
	layOut,
	type Message,
	message,
	type Rest,
	u8,
} from '../fields.ts';

export type More = { readonly due?: ExpectedReply; readonly rest?: Rest };

/** Makes the tables of one HDLC framed protocol: a command byte, and the body behind it. */
export const framedTable =
	(protocol: string, endian: Field['endian']) =>
	(
		id: number,
		name: string,
		sender: Message['sender'],
		description: string,
		body: Parameters<typeof layOut>[1] = [],
		more: More = {},
	): Message => {
		const head = u8('command', 'Which message this is.', { preset: id, values: { [id]: name } });
		return message(
			{ protocol, name, sender, description, ...more },
			layOut(endian, [head, ...body]),
		);
	};

/** What the modem answers, and within how many seconds. */
export const answer = (what: string, within = 1): More => ({
	due: { from: 'modem', what, within },
});
