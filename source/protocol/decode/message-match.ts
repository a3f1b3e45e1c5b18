import type { DecodedField, ExpectedReply } from '../fields.ts';
import type { FirehoseElement } from '../firehose/firehose.ts';
import type { SaharaPacket } from '../sahara/sahara.ts';

export type Direction = 'in' | 'out';

/** How sure it is what bytes are; `none` for bytes that nothing explains. */
export type Certainty = 'certain' | 'likely' | 'guess' | 'none';

/** The message at the start of a buffer. */
export type MessageMatch = {
	protocol: string;
	name: string;
	/** What it is, why it is sent, what comes next. */
	description: string;
	/** Offsets are from the start of the message. */
	fields: DecodedField[];
	certainty: Certainty;
	/** What makes it so sure. */
	because: string;
	/** Who sends such a message, when that is certain. */
	sender?: 'host' | 'modem';
	/** The answer that it asks for. */
	due?: ExpectedReply;
	/** What is wrong with it. */
	problem?: string;
	/** Bytes of the buffer that it takes. */
	length: number;
	/** The next bytes may still belong to it. */
	open?: boolean;
	packet?: SaharaPacket;
	elements?: readonly FirehoseElement[];
};

/** The message is incomplete: more bytes are needed. */
export type NeedMoreBytes = 'more';

/** Bytes that nothing explains, and why. */
export const unexplained = (length: number, because: string): MessageMatch => ({
	protocol: '?',
	name: `${length} bytes`,
	description: `These bytes fit no protocol that is known here: ${because}.`,
	fields: [],
	certainty: 'none',
	because,
	length,
});
