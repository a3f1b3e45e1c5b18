/**
 * QMI inside MBIM (MBIM 1.0, chapter 9): OPEN, then COMMANDs of the service QMI whose buffer is a QMUX
 * frame, as libqmi does it over cdc_mbim. Everything is little endian.
 */
import { encode, layOut, message, readField, u32 } from '../fields.ts';

/** d1a30bc2-f97a-6e43-bf65-c7e24fb0f0d3, as the wire has it. */
export const qmiService = Buffer.from('d1a30bc2f97a6e43bf65c7e24fb0f0d3', 'hex');
/** 838cf7fb-8d0d-4d7f-871e-d71dbefbb39b: mbim-proxy itself, and no modem, answers it (libmbim mbim-uuid.c). */
const proxyService = Buffer.from('838cf7fb8d0d4d7f871ed71dbefbb39b', 'hex');
/** The longest message that is asked for, bytes; what libmbim asks for. */
export const longestMbim = 4096;

export const mbimTypes = { open: 1, close: 2, command: 3 } as const;
const answers = 0x8000_0000;
const kinds = new Map<number, MbimMessage['kind']>([
	[mbimTypes.open, 'open'],
	[mbimTypes.close, 'close'],
	[mbimTypes.command, 'command'],
	[answers + mbimTypes.open, 'opened'],
	[answers + mbimTypes.close, 'closed'],
	[answers + mbimTypes.command, 'answer'],
	[answers + 7, 'indication'],
]);
const qmiCommand = 1;
const set = 1;

const head = [
	u32('type', 'What it is.'),
	u32('length', 'Bytes in the whole of it.'),
	u32('transaction', 'Comes back with the answer.'),
];
const fragment = [
	u32('fragments', 'How many belong together.', { preset: 1 }),
	u32('fragment', 'Which of them.'),
];
const table = (...fields: Parameters<typeof layOut>[1]) =>
	message(
		{ protocol: 'MBIM', name: '', sender: 'either', description: '' },
		layOut('little', [...head, ...fields]),
	);
const short = table(u32('value', 'The longest message, or a status.'));
const first = table(...fragment);
/** Behind the first 20 bytes and the service's 16. */
const commandEnd = message(
	{ protocol: 'MBIM', name: '', sender: 'either', description: '' },
	layOut('little', [
		u32('command', 'Which command.', { preset: qmiCommand }),
		u32('value', 'Asks or sets; in the answer a status.'),
		u32('length', 'Bytes of information.'),
	]),
);
const information = first.length + qmiService.length + commandEnd.length;

export type MbimMessage = {
	readonly kind:
		| 'open'
		| 'close'
		| 'command'
		| 'opened'
		| 'closed'
		| 'answer'
		| 'indication'
		| 'other';
	/** Bytes. */
	readonly length: number;
	readonly transaction: number;
	/** Of an answer; 0 is success. */
	readonly status: number;
	/** How many fragments the message has, and which this is. */
	readonly fragments: number;
	readonly fragment: number;
	/** False for a command of another service than QMI. */
	readonly isQmi: boolean;
	/** A QMUX frame, or a piece of one; empty where it carries none. */
	readonly information: Buffer;
};

/** OPEN and CLOSE of the host with their answers. */
export const sayShort = (type: number, transaction: number, value?: number): Buffer => {
	const values = { type, transaction, value: value ?? 0 };
	return value === undefined
		? encode(table(), { ...values, length: table().length })
		: encode(short, { ...values, length: short.length });
};
export const answerTo = (type: number) => answers + type;

function say(
	carried: Uint8Array,
	head: { type: number; transaction: number; service: Buffer; command: number; value: number },
): Buffer {
	const { type, transaction, service, command, value } = head;
	return Buffer.concat([
		encode(first, { type, length: information + carried.length, transaction }),
		service,
		encode(commandEnd, { command, value, length: carried.length }),
		carried,
	]);
}

/** A COMMAND that carries a QMUX frame; with a status, the answer to one. */
export function sayCommand(transaction: number, qmux: Uint8Array, status?: number): Buffer {
	const type = status === undefined ? mbimTypes.command : answers + mbimTypes.command;
	const value = status ?? set;
	return say(qmux, { type, transaction, service: qmiService, command: qmiCommand, value });
}

/** Asks mbim-proxy for the port at `path`, to be open within so many seconds (libmbim, Proxy Control). */
export function sayProxyConfiguration(transaction: number, path: string, seconds: number): Buffer {
	const name = Buffer.from(path, 'utf16le');
	const head = encode(
		message(
			{ protocol: 'MBIM', name: '', sender: 'host', description: '' },
			layOut('little', [
				u32('offset', 'Where the path begins.', { preset: 12 }),
				u32('length', 'Bytes of the path.'),
				u32('timeout', 'Seconds.'),
			]),
		),
		{ length: name.length, timeout: seconds },
	);
	const padded = Buffer.concat([head, name, Buffer.alloc(-name.length & 3)]);
	const type = mbimTypes.command;
	return say(padded, { type, transaction, service: proxyService, command: 1, value: set });
}

/** The service, the number and the kind of a whole COMMAND. */
export const commandOf = (command: Buffer) => {
	const end = first.length + qmiService.length;
	return {
		service: command.subarray(first.length, end),
		command: command.readUInt32LE(end),
		isSet: command.readUInt32LE(end + 4) === set,
	};
};

/** The answer to this COMMAND, whatever its service. */
export function answerCommand(
	asked: Buffer,
	status: number,
	answer: Uint8Array = Buffer.alloc(0),
): Buffer {
	const { service, command } = commandOf(asked);
	const type = answers + mbimTypes.command;
	const { transaction } = readMbim(asked)!;
	return say(answer, { type, transaction, service, command, value: status });
}

/** The message at the start of `bytes`; undefined while it is not whole. */
export function readMbim(bytes: Buffer): MbimMessage | undefined {
	const number = ({ fields }: typeof first, name: string, at = 0) => {
		const field = fields.find((one) => one.name === name)!;
		return Number(readField(bytes, { ...field, offset: field.offset + at })?.value ?? 0);
	};
	if (bytes.length < table().length) return undefined;
	const length = Math.max(number(first, 'length'), table().length);
	if (bytes.length < length) return undefined;
	const kind = kinds.get(number(first, 'type')) ?? 'other';
	const carries = kind === 'command' || kind === 'answer';
	const fragment = carries ? number(first, 'fragment') : 0;
	const isFirst = carries && fragment === 0;
	const end = first.length + qmiService.length;
	const begin = isFirst ? information : first.length;
	return {
		kind,
		length,
		transaction: number(first, 'transaction'),
		status: isFirst ? number(commandEnd, 'value', end) : number(short, 'value'),
		fragments: carries ? number(first, 'fragments') : 1,
		fragment,
		isQmi: !isFirst || bytes.subarray(first.length, end).equals(qmiService),
		information: carries ? bytes.subarray(begin, length) : Buffer.alloc(0),
	};
}
