/** Every Sahara packet as a table. Sources: linux-msm/qdl sahara.c, libqmi, edl, Qualcomm's sahara_protocol.rst. */
import {
	type Draft,
	type ExpectedReply,
	layOut,
	type Message,
	message,
	type Rest,
	u32,
	u64,
} from '../fields.ts';
import { saharaCodes, saharaExecuteIds, saharaImageIds, saharaModes } from './codes.ts';

/** Command and length: what tells a packet, bytes. */
export const headerLength = 8;

function sahara<const Name extends string = never>(
	id: number,
	name: string,
	sender: Message['sender'],
	description: string,
	body: readonly Draft<Name>[] = [],
	more: Pick<Message, 'due' | 'when'> = {},
): Message<Name | 'command' | 'length' | 'further'> {
	const length = body.reduce((sum, draft) => sum + draft.length, headerLength);
	const head = [
		u32('command', 'Which packet this is.', { preset: id, values: { [id]: name } }),
		u32('length', 'Bytes in the whole packet.', { preset: length }),
	];
	const fields = layOut<Name | 'command' | 'length'>('little', [...head, ...body]);
	return message({ protocol: 'Sahara', name, sender, description, rest: further, ...more }, fields);
}

const further: Rest<'further'> = {
	name: 'further',
	description: 'Bytes that no source describes.',
};
/** libqmi waits 3 s for each step; qdl 1 s. */
const fromLoader = (what: string, within = 3): { due: ExpectedReply } => ({
	due: { from: 'modem', what, within },
});
const fromHost = (what: string, within = 1): { due: ExpectedReply } => ({
	due: { from: 'host', what, within },
});

/** Seconds after its port came in which a loader says HELLO. */
export const helloTimeout = 5;
/** Seconds for the next word of a loader that takes an image: it checks what it has. */
export const imageTimeout = 10;
/** Seconds in which a program that was started says something, if it does. */
export const startedTimeout = 5;

const memoryDebugOffer = {
	field: 'mode',
	value: 2,
	description:
		'Mode 2 offers a memory dump. Unasked for it means that the modem has crashed; as the answer to bytes that it did not understand it is only how a Sierra loader says so.',
};
const reserved = [1, 2, 3, 4, 5, 6].map((n) => u32(`reserved ${n}`, 'Not used.'));
const mode = u32('mode', 'What the loader wants to do.', { values: saharaModes });
const executeId = u32('execute', 'Which of the loader’s own commands.', {
	values: saharaExecuteIds,
});
const status = u32('status', '0 is success.', { codes: saharaCodes });
const imageId = u32('image', 'Which image the loader asks for.', { values: saharaImageIds });

/** Every packet, by command. */
export const saharaMessages = {
	hello: sahara(
		1,
		'HELLO',
		'modem',
		'The loader introduces itself, once, and waits for HELLO_RSP.',
		[
			u32('version', 'The protocol version that the loader speaks.', { preset: 2 }),
			u32('version min', 'The oldest version that it accepts.', { preset: 1 }),
			u32('max packet', 'The longest command packet that it takes, bytes.', { preset: 0x400 }),
			mode,
			...reserved,
		],
		{ ...fromHost('HELLO_RSP', 5), when: memoryDebugOffer },
	),
	helloResponse: sahara(
		2,
		'HELLO_RSP',
		'host',
		'We answer HELLO and choose the mode.',
		[
			u32('version', 'The version that we speak.', { preset: 2 }),
			u32('version min', 'The oldest version that we accept.', { preset: 2 }),
			status,
			u32('mode', 'The mode that we ask for.', { values: saharaModes, preset: 3 }),
			...reserved,
		],
		fromLoader('CMD_READY, READ_DATA, MEMORY_DEBUG or END_IMAGE_TX'),
	),
	readData: sahara(
		3,
		'READ_DATA',
		'modem',
		'The loader asks for a piece of an image; it is sent raw.',
		[
			imageId,
			u32('offset', 'Where the piece starts, bytes.'),
			u32('data length', 'How many bytes.'),
		],
		fromHost('the piece, raw'),
	),
	endImage: sahara(
		4,
		'END_IMAGE_TX',
		'modem',
		'The loader ends an image, or refuses what we asked for.',
		[imageId, status],
		fromHost('DONE, or another EXECUTE'),
	),
	done: sahara(5, 'DONE', 'host', 'We say that the images are sent.', [], fromLoader('DONE_RSP')),
	doneResponse: sahara(
		6,
		'DONE_RSP',
		'modem',
		'The loader starts what it received.',
		[u32('image state', '0: another HELLO follows. 1: complete.')],
		fromLoader('HELLO of what was started, or of the next image', 10),
	),
	reset: sahara(
		7,
		'RESET',
		'host',
		'We ask the loader to reset the modem.',
		[],
		fromLoader('RESET_RSP'),
	),
	resetResponse: sahara(8, 'RESET_RSP', 'modem', 'The loader resets the modem now.'),
	memoryDebug: sahara(
		9,
		'MEMORY_DEBUG',
		'modem',
		'The loader offers a memory dump.',
		[
			u32('table address', 'Where the table of regions is.'),
			u32('table length', 'Bytes in that table.'),
		],
		fromHost('MEMORY_READ of the table, or RESET'),
	),
	memoryRead: sahara(
		10,
		'MEMORY_READ',
		'host',
		'We ask for a piece of memory; it comes raw.',
		[u32('address', 'Where it starts.'), u32('data length', 'How many bytes.')],
		fromLoader('the memory, raw', 30),
	),
	commandReady: sahara(
		11,
		'CMD_READY',
		'modem',
		'The loader is in command mode and waits for EXECUTE.',
		[],
		fromHost('EXECUTE'),
	),
	switchMode: sahara(
		12,
		'SWITCH_MODE',
		'host',
		'We ask for another mode; the loader says HELLO again.',
		[u32('mode', 'The mode that we ask for.', { values: saharaModes, preset: 3 })],
		fromLoader('HELLO, or CMD_READY'),
	),
	execute: sahara(
		13,
		'EXECUTE',
		'host',
		'We ask the loader to run one of its commands.',
		[executeId],
		fromLoader('EXECUTE_RSP, or END_IMAGE_TX as a refusal'),
	),
	executeResponse: sahara(
		14,
		'EXECUTE_RSP',
		'modem',
		'The loader has an answer ready for us.',
		[executeId, u32('answer length', 'Bytes in that answer.')],
		fromHost('EXECUTE_DATA'),
	),
	executeData: sahara(
		15,
		'EXECUTE_DATA',
		'host',
		'We ask for the answer; it comes raw.',
		[executeId],
		fromLoader('the answer, raw'),
	),
	memoryDebug64: sahara(
		16,
		'MEMORY_DEBUG64',
		'modem',
		'The loader offers a 64-bit memory dump.',
		[
			u64('table address', 'Where the table of regions is.'),
			u64('table length', 'Bytes in that table.'),
		],
		fromHost('MEMORY_READ64 of the table, or RESET'),
	),
	memoryRead64: sahara(
		17,
		'MEMORY_READ64',
		'host',
		'We ask for a piece of memory; it comes raw.',
		[u64('address', 'Where it starts.'), u64('data length', 'How many bytes.')],
		fromLoader('the memory, raw', 30),
	),
	readData64: sahara(
		18,
		'READ_DATA64',
		'modem',
		'The loader asks for a piece of an image; it is sent raw.',
		[
			u64('image', 'Which image the loader asks for.'),
			u64('offset', 'Where the piece starts, bytes.'),
			u64('data length', 'How many bytes.'),
		],
		fromHost('the piece, raw'),
	),
	resetStateMachine: sahara(
		19,
		'RESET_STATE_MACHINE',
		'host',
		'We ask the loader to start Sahara anew (version 2.9 and later).',
		[],
		fromLoader('HELLO'),
	),
	writeData: sahara(
		20,
		'WRITE_DATA',
		'modem',
		'The loader hands us a piece of a file (version 3.0 and later); it comes raw.',
		[
			u64('offset', 'Where in the file the piece belongs, bytes.'),
			imageId,
			u32('data length', 'How many bytes.'),
		],
		fromLoader('the piece, raw'),
	),
} as const;
