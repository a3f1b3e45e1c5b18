/** A recording for others: the same events, with every identifier masked, in texts and in bytes. */
import type { Event } from '../../events.ts';
import { Identifiers } from '../../protocol/text/identifiers.ts';
import { isCommonName } from '../../protocol/text/user-at-host.ts';
import type { RecordingStream } from '../log/record.ts';
import { type Form, Hider, StreamLearner, splitForms } from './mask-bytes.ts';

/** Names of computers and persons that stand nowhere as such: who exports knows their own. */
export type Known = { readonly host?: string | undefined; readonly user?: string | undefined };

/** Two bytes stand in frames by chance. */
const shortestForm = 3;

/**
 * `recording` stays as it is. A value that a port sent in pieces is found too; masks are as long as
 * what they hide, so that frames keep their lengths. Walks over it twice before it returns, and once
 * more for each walk over what it returns; holds none of it.
 */
export function maskRecording(recording: RecordingStream, known: Known = {}): RecordingStream {
	const { events } = recording;
	const identifiers = new Identifiers();
	const names = [known.host, known.user].filter(
		(name): name is string => name !== undefined && name.length > 2 && !isCommonName(name),
	);
	for (const name of names) identifiers.add(name);
	learnEvents(events, identifiers);
	const header = deepMask(recording.header, identifiers);
	const notes = recording.notes.map((note) => identifiers.mask(note));
	const forms: readonly Form[] = identifiers.values
		.filter(({ length }) => length >= shortestForm)
		.toSorted((a, b) => a.length - b.length)
		.flatMap((value) => formsOf(value).map((bytes) => ({ bytes, mask: identifiers.mask(value) })));
	const split = splitForms(events, forms);
	function* walk(): Generator<Event> {
		const hider = new Hider(forms, split);
		for (const event of events)
			yield event.type === 'bytes' ? hider.hide(event) : deepMask(event, identifiers);
	}
	return { header, notes, events: { [Symbol.iterator]: walk } };
}

function learnEvents(events: Iterable<Event>, identifiers: Identifiers): void {
	const streams = new StreamLearner(identifiers);
	for (const event of events) {
		if (event.type === 'bytes') {
			streams.add(event);
			continue;
		}
		if (event.type === 'usb-came' || event.type === 'usb-changed') {
			const { serial, product } = event.device;
			// Some firmware has one placeholder for all modems; others put a model's name there.
			if (serial && serial.length >= 6 && serial !== product) identifiers.add(serial);
		}
		strings(event, (text) => identifiers.learn(text));
	}
	streams.end();
}

/** Values that are no text: a hash that happens to be all digits stays a hash. */
const verbatim = new Set([
	'type',
	'source',
	'hex',
	'sha256',
	'port',
	'dir',
	'vid',
	'pid',
	'started',
]);

function strings(value: unknown, visit: (text: string) => void, key = ''): void {
	if (typeof value === 'string') {
		if (!verbatim.has(key)) visit(value);
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, inner] of Object.entries(value))
			strings(inner, visit, Array.isArray(value) ? key : name);
	}
}

function deepMask<T>(value: T, identifiers: Identifiers, key = ''): T {
	if (typeof value === 'string') return (verbatim.has(key) ? value : identifiers.mask(value)) as T;
	if (Array.isArray(value)) return value.map((inner) => deepMask(inner, identifiers, key)) as T;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).map(([name, inner]) => [
			name,
			deepMask(inner, identifiers, name),
		]);
		return Object.fromEntries(entries) as T;
	}
	return value;
}

/**
 * As text, in UTF-16, and as digits are packed, two a byte, the first one low: on a SIM card an ICCID as it
 * is, an IMSI behind its parity (3GPP TS 31.102, 4.2.2), an IMEI behind its type (TS 24.008, 10.5.1.4),
 * a phone number in a PDU (TS 23.040, 9.1.2.5); a MAC address as its six bytes.
 */
function formsOf(value: string): Buffer[] {
	const text = [Buffer.from(value, 'latin1'), Buffer.from(value, 'utf16le')];
	if (/^(?:[\da-f]{2}[:-]){5}[\da-f]{2}$/i.test(value))
		return [...text, Buffer.from(value.replace(/[:-]/g, ''), 'hex')];
	const digits = value.replace(/^\+/, '');
	if (!/^\d{10,20}$/.test(digits)) return text;
	const coded = digits.length === 15 ? [digits, `9${digits}`, `a${digits}`] : [digits];
	return [...text, ...coded.map(packed)];
}

function packed(digits: string): Buffer {
	const even = digits.length % 2 === 0 ? digits : `${digits}f`;
	return Buffer.from(even.replace(/(.)(.)/g, '$2$1'), 'hex');
}
