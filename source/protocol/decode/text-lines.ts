/** Lines of text: AT commands and what modems answer (3GPP 27.007), and NMEA sentences (NMEA 0183). */
import { codesFrom } from '../codes.ts';
import type { Code, DecodedField } from '../fields.ts';
import type { MessageMatch } from './message-match.ts';

/** Its length is for who has the bytes. */
type Said = MessageMatch;

const waiting = 'Wait a few seconds and send it again.';
const sim = 'Look at the SIM; firmware can be updated without one.';
const other = 'Check how the command is written; unlock Sierra’s own with AT!ENTERCND.';
/** +CME ERROR: the errors that matter where there is no call. */
const cmeErrors: Readonly<Record<number, Code>> = {
	...codesFrom(0, [
		['phone failure', 'The modem failed within itself.', 'Restart the modem.'],
		['no connection to phone', 'The modem’s application does not run yet.', waiting],
		['phone adapter link reserved', 'Another program has the modem.', waiting],
		['operation not allowed', 'The command is locked, or not allowed now.', other],
		['operation not supported', 'This modem does not have the command.', other],
	]),
	...codesFrom(10, [
		['SIM not inserted', 'There is no SIM.', sim],
		['SIM PIN required', 'The SIM is locked.', sim],
		['SIM PUK required', 'The SIM is locked.', sim],
		['SIM failure', 'The SIM does not answer.', sim],
		['SIM busy', 'The SIM is still starting.', waiting],
		['SIM wrong', 'The modem does not take this SIM.', sim],
		['incorrect password', 'The code was wrong.', other],
	]),
	...codesFrom(20, [['memory full', 'There is no room for it.', 'Delete something first.']]),
	...codesFrom(30, [['no network service', 'There is no network.', 'The modem itself works.']]),
	...codesFrom(50, [['incorrect parameters', 'A parameter is wrong.', other]]),
	...codesFrom(100, [['unknown', 'An error that has no name.', other]]),
};

const results: Readonly<Record<string, string>> = {
	OK: 'The command is done.',
	ERROR: 'The modem refuses the command, or does not know it.',
	CONNECT: 'Data follows on this port instead of commands.',
	'NO CARRIER': 'The connection has ended.',
	BUSY: 'The other side is busy.',
	'NO ANSWER': 'The other side does not answer.',
	'NO DIALTONE': 'There is no line.',
};

/** What the names of extended commands begin with. */
const extended = '+!*^';

/** What a line without its end says. */
export function explainLine(text: string): Said {
	if (text.startsWith('$G')) return nmea(text);
	const isExtended = extended.includes(text[0]!);
	if (!isExtended && /^at/i.test(text)) {
		const description = 'A command to the modem’s application.';
		const due = { from: 'modem', what: 'OK, ERROR or +CME ERROR', within: 5 } as const;
		const because = 'a line that begins with AT';
		// Modems echo commands, so that the sender stays open.
		return { ...at(text, description, 'certain', because), due };
	}
	if (!isExtended && Object.hasOwn(results, text)) {
		const because = `a line "${text}", as modems end their answers`;
		return { ...at(text, results[text]!, 'certain', because), sender: 'modem' };
	}
	const error = text.startsWith('+CM') && /^\+CM[ES] ERROR: ?(\d+)$/.exec(text);
	if (error) return cmeError(text, Number(error[1]));
	const known = isExtended && /^.[A-Z0-9]+:/.test(text);
	return at(
		text,
		'A line of text from the modem.',
		known ? 'likely' : 'guess',
		known ? 'a line like those that answer AT commands' : 'a line of text',
	);
}

const at = (
	text: string,
	description: string,
	certainty: Said['certainty'],
	because: string,
): Said => ({
	protocol: 'AT',
	name: text,
	description,
	fields: none,
	certainty,
	because,
	length: 0,
	open: false,
});
const none: MessageMatch['fields'] = [];

function cmeError(text: string, number: number): Said {
	const code = text.startsWith('+CME') ? cmeErrors[number] : undefined;
	const description = code
		? `The modem refuses the command: ${code.name}. ${code.means} Next: ${code.next}`
		: 'The modem refuses the command, with a number that is not known here.';
	const name = String(number);
	const field: DecodedField = {
		name: 'error',
		type: 'text',
		endian: 'little',
		offset: text.length - name.length,
		length: name.length,
		value: name,
		shown: code ? `${name} ${code.name}` : name,
		description: 'Why not.',
		...(code ? { code } : {}),
	};
	const because = 'a line "+CME ERROR", as modems refuse commands';
	return { ...at(text, description, 'certain', because), fields: [field], sender: 'modem' };
}

const sentences: Readonly<Record<string, string>> = {
	GGA: 'Where it is, and how good the fix is.',
	GSA: 'Which satellites are used.',
	GSV: 'Which satellites are in sight.',
	RMC: 'Where it is, how fast, and the time.',
	VTG: 'Where it goes, and how fast.',
	GNS: 'Where it is, from several systems.',
	GLL: 'Where it is.',
};

/** XOR over what stands between $ and *. */
export const nmeaChecksum = (text: string): number =>
	Buffer.from(text, 'latin1').reduce((sum, byte) => sum ^ byte, 0);

/** A sentence with its checksum. */
export const saySentence = (text: string): string =>
	`$${text}*${nmeaChecksum(text).toString(16).toUpperCase().padStart(2, '0')}\r\n`;

function nmea(text: string): Said {
	const [, body = '', sent] = /^\$([^*]*)\*([0-9A-F]{2})$/i.exec(text) ?? [];
	const kind = text.slice(3, 6);
	const counted = nmeaChecksum(body);
	const right = sent !== undefined && Number.parseInt(sent, 16) === counted;
	const problem =
		sent === undefined
			? 'it has no checksum'
			: `the checksum is ${sent}, the text gives ${counted.toString(16).toUpperCase().padStart(2, '0')}`;
	const isCommand = /^\$GPS_(?:START|STOP)$/.test(text);
	return {
		protocol: 'NMEA',
		name: text,
		description: isCommand
			? 'Switches the stream of positions on interface 2.'
			: `A sentence of the GPS receiver. ${sentences[kind] ?? 'What it means is not known here.'}`,
		fields: isCommand ? [] : nmeaFields(text),
		certainty: right || isCommand ? 'certain' : 'likely',
		because: right
			? 'a line that begins with $G, with the right checksum'
			: 'a line that begins with $G',
		sender: isCommand ? 'host' : 'modem',
		...(right || isCommand ? {} : { problem }),
		length: 0,
	};
}

function nmeaFields(text: string): DecodedField[] {
	const star = text.lastIndexOf('*');
	const pieces = text.slice(0, star < 0 ? text.length : star).split(',');
	let offset = 0;
	const fields = pieces.map((value, index): DecodedField => {
		const name = index === 0 ? 'sentence' : `value ${index}`;
		const description =
			index === 0 ? 'Which sentence this is.' : 'One of its values, in their order.';
		const field = textField(name, description, offset, value);
		offset += value.length + 1;
		return field;
	});
	const sum = star < 0 ? '' : text.slice(star + 1);
	return sum === ''
		? fields
		: [...fields, textField('checksum', 'XOR over the characters between $ and *.', star + 1, sum)];
}

const textField = (
	name: string,
	description: string,
	offset: number,
	value: string,
): DecodedField => ({
	name,
	type: 'text',
	endian: 'little',
	offset,
	length: value.length,
	value,
	shown: value,
	description,
});
