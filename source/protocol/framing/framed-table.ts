import {
	type Draft,
	type ExpectedReply,
	type Field,
	layOut,
	type Message,
	message,
	type Rest,
	u8,
} from '../fields.ts';

export type More<RestName extends string = never> = {
	readonly due?: ExpectedReply;
	readonly rest?: Rest<RestName>;
};

/** Makes the tables of one HDLC framed protocol: a command byte, and the body behind it. */
export const framedTable =
	(protocol: string, endian: Field['endian']) =>
	<const Name extends string = never, const RestName extends string = never>(
		id: number,
		name: string,
		sender: Message['sender'],
		description: string,
		body: readonly Draft<Name>[] = [],
		more: More<RestName> = {},
	): Message<Name | RestName | 'command'> => {
		const head = u8('command', 'Which message this is.', { preset: id, values: { [id]: name } });
		return message(
			{ protocol, name, sender, description, ...more },
			layOut<Name | 'command'>(endian, [head, ...body]),
		);
	};

/** What the modem answers, within how many seconds, and when we give up. */
export const answer = (what: string, within = 1, giveUpAfter = within): More => ({
	due: { from: 'modem', what, within, ...(giveUpAfter > within ? { giveUpAfter } : {}) },
});
