/**
 * Sahara, the first protocol of a Qualcomm boot loader: packets of little-endian u32, each with a
 * command and its whole length. Sources: linux-msm/qdl sahara.c, libqmi qfu-sahara-device.c, edl.
 */
import { decode, encode, integerAt, type Message } from '../fields.ts';
import { headerLength, saharaMessages } from './messages.ts';

export {
	programmerImageIds,
	saharaCodes,
	saharaExecuteIds,
	saharaModes,
	saharaStatus,
} from './codes.ts';
export { headerLength, saharaMessages } from './messages.ts';

/** The longest packet that is taken for Sahara; real ones end at 48 bytes, data goes raw. */
const longestPacket = 0x100;

const byCommand = new Map(
	Object.values(saharaMessages).map((entry) => [entry.fields[0]!.preset!, entry]),
);

export const encodeHelloResponse = () => encode(saharaMessages.helloResponse);
/** Version 2 that takes loaders from 1 on, and mode 0, as qdl says it. */
export const encodeImageTransfer = () =>
	encode(saharaMessages.helloResponse, { 'version min': 1, mode: 0 });
export const encodeExecute = (id: number) => encode(saharaMessages.execute, { execute: id });
export const encodeExecuteData = (id: number) =>
	encode(saharaMessages.executeData, { execute: id });
export const encodeSwitchMode = () => encode(saharaMessages.switchMode);

export type SaharaPacket = {
	message: Message;
	fields: ReturnType<typeof decode>;
	/** Bytes of the packet as it says itself. */
	length: number;
};

const [, lengthField] = saharaMessages.hello.fields;

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
	// Most bytes are text; this is asked before every message.
	const found = bytes[1] === 0 && bytes[2] === 0 ? byCommand.get(bytes[0]!) : undefined;
	if (!found || bytes[3] !== 0) return undefined;
	const length = integerAt(bytes, lengthField!);
	if (length < found.length || length > longestPacket) return undefined;
	if (bytes.length < length) return { need: length - bytes.length };
	return { message: found, fields: decode(found, bytes.subarray(0, length)), length };
}
