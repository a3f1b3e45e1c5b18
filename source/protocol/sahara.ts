/**
 * Sahara, the first protocol of a Qualcomm boot loader: packets of little-endian u32, each with a
 * command and its whole length. Sources: linux-msm/qdl sahara.c, libqmi qfu-sahara-device.c, edl.
 */
import { decode, encode, layOut, type Message, message, readField, u32, u64 } from './fields.ts';

export const saharaModes = {
	0: 'IMAGE_TX_PENDING',
	1: 'IMAGE_TX_COMPLETE',
	2: 'MEMORY_DEBUG',
	3: 'COMMAND',
} as const;

/** What a loader runs on EXECUTE. 0xff00 and up are Sierra's own (libqmi; cp_qxdm_logger.py). */
export const saharaExecuteIds = {
	0: 'nop',
	1: 'serial number',
	2: 'MSM hardware id',
	3: 'OEM public key hash',
	4: 'switch to DMSS DLOAD',
	5: 'switch to streaming DLOAD',
	6: 'debug data',
	7: 'SBL version',
	8: 'command list',
	9: 'training data',
	10: 'chip id v3',
	65280: 'switch to Firehose (Sierra)',
	65281: 'boot loader version (Sierra)',
	65282: 'product model (Sierra)',
	65283: 'serial number (Sierra)',
	65284: 'crash information (Sierra)',
} as const;

const statusNames =
	'SUCCESS INVALID_COMMAND PROTOCOL_MISMATCH INVALID_TARGET_PROTOCOL INVALID_HOST_PROTOCOL INVALID_PACKET_SIZE UNEXPECTED_IMAGE_ID INVALID_HEADER_SIZE INVALID_DATA_SIZE INVALID_IMAGE_TYPE INVALID_TX_LENGTH INVALID_RX_LENGTH TX_RX_ERROR READ_DATA_ERROR UNSUPPORTED_NUM_PHDRS INVALID_PHDR_SIZE MULTIPLE_SHARED_SEG UNINIT_PHDR_LOC INVALID_DEST_ADDRESS INVALID_IMAGE_HEADER_SIZE INVALID_ELF_HEADER UNKNOWN_ERROR TIMEOUT_RX TIMEOUT_TX INVALID_MODE INVALID_MEMORY_READ INVALID_DATA_SIZE_REQUEST MEMORY_DEBUG_NOT_SUPPORTED INVALID_MODE_SWITCH EXEC_FAILURE EXEC_CMD_INVALID_PARAM EXEC_CMD_UNSUPPORTED EXEC_DATA_INVALID HASH_TABLE_AUTH_FAILURE HASH_VERIFICATION_FAILURE HASH_TABLE_NOT_FOUND TARGET_INIT_FAILURE IMAGE_AUTH_FAILURE INVALID_IMG_HASH_TABLE_SIZE ENUMERATION_FAILURE HW_BULK_TRANSFER_ERROR';
export const saharaStatus: Readonly<Record<number, string>> = Object.fromEntries(
	statusNames.split(' ').map((name, code) => [code, name]),
);

/** Command and length: what tells a packet, bytes. */
export const headerLength = 8;
/** The longest packet that is taken for Sahara; real ones end at 48 bytes, data goes raw. */
const longestPacket = 0x100;

type Drafts = Parameters<typeof layOut>[1];

function sahara(
	id: number,
	name: string,
	sender: Message['sender'],
	says: string,
	body: Drafts = [],
): Message {
	const length = body.reduce((sum, draft) => sum + draft.length, headerLength);
	const head = [
		u32('command', 'Which packet this is.', { preset: id, values: { [id]: name } }),
		u32('length', 'Bytes in the whole packet.', { preset: length }),
	];
	return message({ protocol: 'Sahara', name, sender, says }, layOut('little', [...head, ...body]));
}

const reserved = [1, 2, 3, 4, 5, 6].map((n) => u32(`reserved ${n}`, 'Not used.'));
const mode = u32('mode', 'What the loader wants to do.', { values: saharaModes });
const executeId = u32('execute', 'Which of the loader’s own commands.', {
	values: saharaExecuteIds,
});
const status = u32('status', '0 is success.', { values: saharaStatus });
const imageId = u32('image', 'Which image the loader asks for.');

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
	),
	helloResponse: sahara(2, 'HELLO_RSP', 'host', 'We answer HELLO and choose the mode.', [
		u32('version', 'The version that we speak.', { preset: 2 }),
		u32('version min', 'The oldest version that we accept.', { preset: 2 }),
		status,
		u32('mode', 'The mode that we ask for.', { values: saharaModes, preset: 3 }),
		...reserved,
	]),
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
	),
	endImage: sahara(
		4,
		'END_IMAGE_TX',
		'modem',
		'The loader ends an image, or refuses what we asked for.',
		[imageId, status],
	),
	done: sahara(5, 'DONE', 'host', 'We say that the images are sent.'),
	doneResponse: sahara(6, 'DONE_RSP', 'modem', 'The loader starts what it received.', [
		u32('image state', '0: another HELLO follows. 1: complete.'),
	]),
	reset: sahara(7, 'RESET', 'host', 'We ask the loader to reset the modem.'),
	resetResponse: sahara(8, 'RESET_RSP', 'modem', 'The loader resets the modem now.'),
	memoryDebug: sahara(9, 'MEMORY_DEBUG', 'modem', 'The loader offers a memory dump.', [
		u32('table address', 'Where the table of regions is.'),
		u32('table length', 'Bytes in that table.'),
	]),
	memoryRead: sahara(10, 'MEMORY_READ', 'host', 'We ask for a piece of memory; it comes raw.', [
		u32('address', 'Where it starts.'),
		u32('data length', 'How many bytes.'),
	]),
	commandReady: sahara(
		11,
		'CMD_READY',
		'modem',
		'The loader is in command mode and waits for EXECUTE.',
	),
	switchMode: sahara(
		12,
		'SWITCH_MODE',
		'host',
		'We ask for another mode; the loader says HELLO again.',
		[u32('mode', 'The mode that we ask for.', { values: saharaModes, preset: 3 })],
	),
	execute: sahara(13, 'EXECUTE', 'host', 'We ask the loader to run one of its commands.', [
		executeId,
	]),
	executeResponse: sahara(14, 'EXECUTE_RSP', 'modem', 'The loader has an answer ready for us.', [
		executeId,
		u32('answer length', 'Bytes in that answer.'),
	]),
	executeData: sahara(15, 'EXECUTE_DATA', 'host', 'We ask for the answer; it comes raw.', [
		executeId,
	]),
	memoryDebug64: sahara(16, 'MEMORY_DEBUG64', 'modem', 'The loader offers a 64-bit memory dump.', [
		u64('table address', 'Where the table of regions is.'),
		u64('table length', 'Bytes in that table.'),
	]),
	memoryRead64: sahara(17, 'MEMORY_READ64', 'host', 'We ask for a piece of memory; it comes raw.', [
		u64('address', 'Where it starts.'),
		u64('data length', 'How many bytes.'),
	]),
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
	),
	resetStateMachine: sahara(
		19,
		'RESET_STATE_MACHINE',
		'host',
		'We ask the loader to start Sahara anew (version 2.9 and later).',
	),
} as const;

const byCommand = new Map(
	Object.values(saharaMessages).map((entry) => [entry.fields[0]!.preset!, entry]),
);

export const sayHelloResponse = () => encode(saharaMessages.helloResponse);
export const sayExecute = (id: number) => encode(saharaMessages.execute, { execute: id });
export const sayExecuteData = (id: number) => encode(saharaMessages.executeData, { execute: id });
export const saySwitchMode = () => encode(saharaMessages.switchMode);

export type SaharaPacket = {
	message: Message;
	fields: ReturnType<typeof decode>;
	/** Bytes of the packet as it says itself. */
	length: number;
};

const [commandField, lengthField] = saharaMessages.hello.fields;

/**
 * Looks for a packet at the start of `bytes`. `need` is how many bytes are missing before it can be
 * told; undefined means that these bytes are no Sahara packet.
 */
export function readSahara(bytes: Uint8Array): SaharaPacket | { need: number } | undefined {
	if (bytes.length < headerLength) {
		const plausible =
			byCommand.has(bytes[0] ?? 0) && bytes.subarray(1, 4).every((byte) => byte === 0);
		return plausible ? { need: headerLength - bytes.length } : undefined;
	}
	const command = Number(readField(bytes, commandField!)!.value);
	const length = Number(readField(bytes, lengthField!)!.value);
	const found = byCommand.get(command);
	if (!found || length < found.length || length > longestPacket) return undefined;
	if (bytes.length < length) return { need: length - bytes.length };
	return { message: found, fields: decode(found, bytes), length };
}
