/**
 * QMI on /dev/cdc-wdm: one message a QMUX frame, and in it TLVs: type, length, value. Source: libqmi
 * qmi-message.c.
 */
import {
	type DecodedField,
	decode,
	type Field,
	layOut,
	readField,
	u8,
	u16,
	writeField,
} from '../fields.ts';
import {
	expectedReplyOf,
	type QmiMessage,
	qmiMessage,
	qmiServices,
	resultTlv,
	tlvHead,
	unknownTlv,
} from './messages.ts';
import { readShape, type Values, writeShape } from './shape.ts';

const qmux = [
	u8('marker', 'Begins every QMUX frame.', { preset: 1 }),
	u16('length', 'Bytes in the frame, without the marker.'),
	u8('sender', 'Who sends it.', { values: { 0: 'host', 128: 'modem' } }),
	u8('service', 'Which part of the modem.', { values: qmiServices }),
	u8('client', 'The client that the modem gave out.'),
];
const end = [u16('message', 'Which message this is.'), u16('TLV length', 'Bytes in all TLVs.')];
const controlFlags = { 0: 'request', 1: 'answer', 2: 'indication' };
const serviceFlags = { 0: 'request', 2: 'answer', 4: 'indication' };

/** The head of a frame of the control service, and of any other. */
const heads = {
	control: layOut('little', [
		...qmux,
		u8('flags', 'What kind of message.', { values: controlFlags }),
		u8('transaction', 'Comes back with the answer.'),
		...end,
	]),
	service: layOut('little', [
		...qmux,
		u8('flags', 'What kind of message.', { values: serviceFlags }),
		u16('transaction', 'Comes back with the answer.'),
		...end,
	]),
};
const lengthOf = (fields: readonly Field[]) => fields.reduce((sum, { length }) => sum + length, 0);
const headOf = (service: number | undefined) => (service === 0 ? heads.control : heads.service);

/** Messages of an update are far shorter, bytes. */
const longest = 4096;
/** What tells a frame: up to the service. */
const toldBy = 5;

/** Whether bytes begin a QMUX frame; `more` when they may. */
export function beginsQmux(bytes: Uint8Array): 'yes' | 'no' | 'more' {
	const [marker, low, high, sender, service] = bytes;
	if (marker !== 1) return bytes.length === 0 ? 'more' : 'no';
	if (low === undefined) return 'more';
	if (high === undefined) return 'more';
	const length = low | (high << 8);
	if (length < lengthOf(heads.control) - 1 || length > longest) return 'no';
	if (sender === undefined) return 'more';
	if (sender !== 0 && sender !== 0x80) return 'no';
	if (service === undefined) return 'more';
	return qmiServices[service] === undefined ? 'no' : 'yes';
}

export type QmiFrame = {
	name: string;
	description: string;
	fields: DecodedField[];
	length: number;
	sender: 'host' | 'modem';
	problem?: string;
	asks?: QmiMessage;
};

/** The frame at the start of bytes that begin one; undefined while it is not whole. */
export function readQmi(bytes: Uint8Array): QmiFrame | undefined {
	if (bytes.length < toldBy) return undefined;
	const length = 1 + (bytes[1]! | (bytes[2]! << 8));
	if (bytes.length < length) return undefined;
	const frame = bytes.subarray(0, length);
	const head = decode({ fields: headOf(frame[4]) }, frame);
	const value = (name: string) => Number(head.find((field) => field.name === name)?.value ?? 0);
	const sender = frame[3] === 0 ? 'host' : 'modem';
	const kind = (value('service') === 0 ? controlFlags : serviceFlags)[value('flags') as 0] as
		| string
		| undefined;
	const known = qmiMessage(value('service'), value('message'));
	const title = known?.name ?? `message 0x${value('message').toString(16).padStart(4, '0')}`;
	const { fields, problem } = readTlvs(frame, {
		tlvs: (kind === 'request' ? known?.request : known?.answer) ?? { 2: resultTlv },
		from: lengthOf(headOf(frame[4])),
		said: value('TLV length'),
	});
	return {
		name: `${qmiServices[value('service')]} ${title}${kind === 'request' ? '' : ` ${kind ?? 'with unknown flags'}`}`,
		description: `${kind === 'request' ? '' : 'The modem answers. '}${known?.description ?? 'A message that is not known here.'}`,
		fields: [...head, ...fields],
		length,
		sender,
		...(problem === undefined ? {} : { problem }),
		...(known && kind === 'request' ? { asks: known } : {}),
	};
}

export { expectedReplyOf };

function readTlvs(
	frame: Uint8Array,
	{ tlvs, from, said }: { tlvs: QmiMessage['answer']; from: number; said: number },
): { fields: DecodedField[]; problem?: string } {
	const fields: DecodedField[] = [];
	const lies = said !== frame.length - from;
	let problem = lies
		? `its TLVs are said to have ${said} bytes, and have ${frame.length - from}`
		: undefined;
	for (let at = from; at < frame.length; ) {
		const left = frame.length - at;
		const head = layOut('little', tlvHead).map((field) => ({
			...field,
			offset: field.offset + at,
		}));
		const size = left >= 3 ? frame[at + 1]! | (frame[at + 2]! << 8) : 0;
		if (left < 3 || size > left - 3) {
			problem ??= 'a TLV is longer than the message';
			fields.push(readField(frame, rawField('broken TLV', at, left))!);
			break;
		}
		const known = tlvs[frame[at]!] ?? unknownTlv;
		const named = head.map((field) => ({ ...field, name: `${known.name} ${field.name}` }));
		fields.push(...decode({ fields: named }, frame));
		const inside = { offset: at + 3, end: at + 3 + size };
		const read = readShape(known.shape, frame, inside);
		fields.push(...read.fields);
		if (!read.whole) problem ??= `the TLV "${known.name}" is too short`;
		if (read.at < inside.end)
			fields.push(readField(frame, rawField('further', read.at, inside.end - read.at))!);
		at = inside.end;
	}
	return problem === undefined ? { fields } : { fields, problem };
}

const rawField = (name: string, offset: number, length: number): Field => ({
	name,
	description: 'Bytes that no source describes.',
	type: 'bytes',
	endian: 'little',
	offset,
	length,
});

/** Writes a frame; `tlvs` by their number. */
export function encodeQmi(
	asked: QmiMessage,
	{
		tlvs = {},
		client = 0,
		transaction = 1,
		answer = false,
	}: {
		tlvs?: Readonly<Record<number, Values>>;
		client?: number;
		transaction?: number;
		answer?: boolean;
	} = {},
): Buffer {
	const shapes = answer ? asked.answer : asked.request;
	const parts = Object.entries(tlvs).map(([type, values]) => {
		const body = writeShape(shapes[Number(type)]?.shape ?? [], values);
		const head = Buffer.from([Number(type), body.length & 0xff, body.length >> 8]);
		return Buffer.concat([head, body]);
	});
	const body = Buffer.concat(parts);
	const fields = headOf(asked.service);
	const head = Buffer.alloc(lengthOf(fields));
	const values: Record<string, number> = {
		marker: 1,
		length: head.length + body.length - 1,
		sender: answer ? 0x80 : 0,
		service: asked.service,
		client,
		flags: answer ? (asked.service === 0 ? 1 : 2) : 0,
		transaction,
		message: asked.id,
		'TLV length': body.length,
	};
	for (const field of fields) writeField(head, field, values[field.name] ?? 0);
	return Buffer.concat([head, body]);
}
