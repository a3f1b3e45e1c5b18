/** The requests that a host makes on endpoint 0 (USB 2.0, 9.4; CDC PSTN 6.3.12; CDC 1.2, 6.2;
 * NCM 1.0, 6.2). */
import { type Descriptors, hasAlternate, kinds } from '../device/descriptors.ts';

export type Setup = {
	/** Request type and request, as 0x8006 for GET_DESCRIPTOR. */
	what: number;
	value: number;
	index: number;
	length: number;
};

export const readSetup = (setup: Buffer): Setup => ({
	what: setup.readUInt16BE(0),
	value: setup.readUInt16LE(2),
	index: setup.readUInt16LE(4),
	length: setup.readUInt16LE(6),
});

/** What the requests read and change. */
export type Controlled = {
	readonly descriptors: Descriptors;
	/** 0 until the host chose. */
	readonly configuration: number;
	configure(configuration: number): void;
	/** Addresses of the endpoints that exist now and stall. */
	readonly halted: Set<number>;
	isEndpoint(address: number): boolean;
	/** The alternate setting of each interface that is not in its first. */
	readonly alternates: Map<number, number>;
	/** Messages over the control endpoint, where an interface has them. */
	messages(iface: number): { send(message: Buffer): void; receive(): Buffer } | undefined;
};

const done = Buffer.alloc(0);
const remoteWakeup = 1;
const endpointHalt = 0;

/** 16-bit blocks of at most 16 KiB each way, on multiples of 4 (NCM 1.0, table 6-3). */
const ntbParameters = Buffer.from(
	['1c00', '0100', ...Array(2).fill('00400000' + '0400' + '0000' + '0400' + '0000')].join(''),
	'hex',
);

/** The answer, of any length; undefined stalls. */
export function answerControl(
	of: Controlled,
	{ what, value, index }: Setup,
	data: Buffer,
): Buffer | undefined {
	const { descriptors, halted } = of;
	const iface = index & 0xff;
	const found = descriptors.interfaces.find((one) => one.iface.number === iface)?.iface;
	const isLive = found !== undefined && of.configuration !== 0;
	switch (what) {
		case 0x8006: // GET_DESCRIPTOR
			return descriptors.get(value >> 8, value & 0xff);
		case 0x8008: // GET_CONFIGURATION
			return Buffer.from([of.configuration]);
		case 0x0009: // SET_CONFIGURATION
			if (value > 1) return undefined;
			of.configure(value);
			return done;
		case 0x8000: // GET_STATUS: self powered
			return Buffer.from([1, 0]);
		case 0x8100:
			return isLive ? Buffer.from([0, 0]) : undefined;
		case 0x8200:
			return of.isEndpoint(index) ? Buffer.from([halted.has(index) ? 1 : 0, 0]) : undefined;
		case 0x0001: // CLEAR_FEATURE, SET_FEATURE
		case 0x0003:
			return value === remoteWakeup ? done : undefined;
		case 0x0031: // SET_ISOCH_DELAY (USB 3.0, 9.4.11)
			return descriptors.get(kinds.binaryStore, 0) && done;
		case 0x0201:
		case 0x0203:
			if (value !== endpointHalt || !of.isEndpoint(index)) return undefined;
			if (what === 0x0203) halted.add(index);
			else halted.delete(index);
			return done;
		case 0x810a: // GET_INTERFACE
			return isLive ? Buffer.from([of.alternates.get(iface) ?? 0]) : undefined;
		case 0x010b: // SET_INTERFACE
			if (!isLive || value > (hasAlternate(found) ? 1 : 0)) return undefined;
			of.alternates.set(iface, value);
			return done;
		case 0x2122: // SET_CONTROL_LINE_STATE
			return isLive ? done : undefined;
		case 0x2100: {
			// SEND_ENCAPSULATED_COMMAND
			const messages = of.messages(iface);
			messages?.send(data);
			return messages && done;
		}
		case 0xa101: // GET_ENCAPSULATED_RESPONSE
			return of.messages(iface)?.receive();
		case 0xa180: // GET_NTB_PARAMETERS
			return of.messages(iface) && ntbParameters;
		case 0x2186: // SET_NTB_INPUT_SIZE
			return of.messages(iface) && done;
		default:
			return undefined;
	}
}
