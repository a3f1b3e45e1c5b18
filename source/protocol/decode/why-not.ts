/** Why bytes are no message, in a few words. It looks at the first eight bytes at most. */
import { decode, numberOf } from '../fields.ts';
import { startsLikeFirehose } from '../firehose/firehose.ts';
import { headerLength, saharaMessages } from '../sahara/messages.ts';
import { hdlcFlag, isPrintable } from './starts.ts';

const byCommand = new Map(
	Object.values(saharaMessages).map((entry) => [Number(entry.fields[0]!.preset), entry]),
);

export function whyNot(bytes: Uint8Array): string {
	if (bytes[0] === hdlcFlag) return 'they begin with the flag 7E, and no frame ends where one may';
	if (bytes.length >= 2 && startsLikeFirehose(bytes)) return 'an XML document that does not end';
	if (bytes[0] === 1 && (bytes[1] !== 0 || bytes[2] !== 0)) {
		return 'they begin with 01 as QMI does, and the head behind it is none';
	}
	if (bytes.length >= headerLength) {
		const { fields } = saharaMessages.done;
		const head = decode({ fields }, bytes.subarray(0, headerLength));
		const known = byCommand.get(numberOf(head, 'command'));
		const length = numberOf(head, 'length');
		if (known && length !== known.length) {
			return `they begin as Sahara ${known.name} does, but say a length of ${length} where it has ${known.length}`;
		}
		if (known) return `Sahara ${known.name} has ${known.length} bytes, and they end before`;
	}
	if (isPrintable(bytes[0])) return 'text without a line end';
	const [first = 0] = bytes;
	return `no message begins with ${first.toString(16).padStart(2, '0').toUpperCase()} and goes on so`;
}
