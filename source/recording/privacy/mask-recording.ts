/** A recording for others: the same events, with every identifier masked, in texts and in bytes. */
import type { Event, EventOf } from '../../events.ts';
import { Identifiers } from '../../protocol/text/identifiers.ts';
import type { Recording } from '../log/record.ts';

/** Names of computers and persons that stand nowhere as such: who exports knows their own. */
export type Known = { readonly host?: string | undefined; readonly user?: string | undefined };

/** Names that half of all machines have. */
const commonNames = new Set(['root', 'admin', 'user', 'pi', 'localhost', 'modem', 'openwrt']);

/**
 * `recording` stays as it is. A value that a port sent in pieces is found too; masks are as long as
 * what they hide, so that frames keep their lengths.
 */
export function maskRecording(recording: Recording, known: Known = {}): Recording {
	const identifiers = new Identifiers();
	const names = [known.host, known.user].filter(
		(name): name is string => name !== undefined && name.length > 2 && !commonNames.has(name),
	);
	for (const name of names) identifiers.add(name);
	learnEvents(recording.events, identifiers);
	const { header, notes } = recording;
	return {
		header: deepMask(header, identifiers),
		notes: notes.map((note) => identifiers.mask(note)),
		events: maskBytes(recording.events, identifiers).map((event) => deepMask(event, identifiers)),
	};
}

function learnEvents(events: readonly Event[], identifiers: Identifiers): void {
	for (const event of events) {
		if (event.type === 'usb-came' || event.type === 'usb-changed') {
			const { serial, product } = event.device;
			// Some firmware has one placeholder for all modems; others put a model's name there.
			if (serial && serial.length >= 6 && serial !== product) identifiers.add(serial);
		}
		if (event.type !== 'bytes') strings(event, (text) => identifiers.learn(text));
	}
	for (const stream of streamsOf(events)) identifiers.learn(stream.bytes.toString('latin1'));
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

type Stream = { readonly bytes: Buffer; readonly events: readonly EventOf<'bytes'>[] };

/** What crossed each port in each direction, end to end. */
function streamsOf(events: readonly Event[]): Stream[] {
	const byPort = Map.groupBy(
		events.filter((event): event is EventOf<'bytes'> => event.type === 'bytes'),
		({ port, dir }) => `${dir} ${port}`,
	);
	return [...byPort.values()].map((parts) => ({
		bytes: Buffer.concat(parts.map(({ hex }) => Buffer.from(hex, 'hex'))),
		events: parts,
	}));
}

function maskBytes(events: readonly Event[], identifiers: Identifiers): Event[] {
	const masked = new Map<Event, Event>();
	for (const { bytes, events: parts } of streamsOf(events)) {
		for (const value of identifiers.values) {
			for (const form of formsOf(value)) hide(bytes, form, identifiers.mask(value));
		}
		let at = 0;
		for (const event of parts) {
			const length = event.hex.length / 2;
			masked.set(event, { ...event, hex: bytes.toString('hex', at, at + length) });
			at += length;
		}
	}
	return events.map((event) => masked.get(event) ?? event);
}

/** As text, and as a SIM card has digits: two a byte, the first one low (3GPP TS 31.102, 4.2.2). */
function formsOf(value: string): Buffer[] {
	if (!/^\d{14,20}$/.test(value)) return [Buffer.from(value, 'latin1')];
	const even = value.length % 2 === 0 ? value : `${value}f`;
	const swapped = even.replace(/(.)(.)/g, '$2$1');
	return [Buffer.from(value, 'latin1'), Buffer.from(swapped, 'hex')];
}

/** Writes the end of the mask, which tells it from others, over every place of the form. */
function hide(bytes: Buffer, form: Buffer, mask: string): void {
	for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + form.length))
		bytes.write(mask.slice(-form.length), at, form.length, 'latin1');
}
