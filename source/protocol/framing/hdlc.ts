/** HDLC framing as DIAG, DLOAD and QDL use it: flag 0x7E, escape 0x7D, CRC-16/X-25 before the flag. */
const flag = 0x7e;
const escapeByte = 0x7d;
const flip = 0x20;

const table = Uint16Array.from({ length: 256 }, (_, index) => {
	let crc = index;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
	return crc;
});

/** CRC-16/X-25: reflected 0x1021, initial 0xFFFF, complemented. */
export function crc16(bytes: Uint8Array): number {
	let crc = 0xffff;
	for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 0xff]!;
	return ~crc & 0xffff;
}

/** Frames a payload: flag, escaped payload and CRC (little endian), flag. */
export function frame(payload: Uint8Array): Buffer {
	const crc = crc16(payload);
	const inner: number[] = [];
	for (const byte of [...payload, crc & 0xff, crc >>> 8]) {
		if (byte === flag || byte === escapeByte) inner.push(escapeByte, byte ^ flip);
		else inner.push(byte);
	}
	return Buffer.from([flag, ...inner, flag]);
}

/**
 * Takes the payload out of one whole frame, flags included; its first byte stands at `start`.
 * `problem` says what is wrong with it: the payload is then what could be read.
 */
export function unframe(bytes: Uint8Array): { payload: Buffer; start: number; problem?: string } {
	const start = firstInside(bytes);
	const end = bytes.length - 1;
	const inner = Buffer.allocUnsafe(Math.max(0, end - start));
	let length = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at]!;
		if (byte !== escapeByte) inner[length++] = byte;
		else if (++at < end) inner[length++] = bytes[at]! ^ flip;
		else
			return {
				payload: inner.subarray(0, length),
				start,
				problem: 'the frame ends in an escape',
			};
	}
	const payload = inner.subarray(0, Math.max(0, length - 2));
	if (length < 3) return { payload, start, problem: 'the frame is too short to hold a CRC' };
	const sent = inner[length - 2]! | (inner[length - 1]! << 8);
	const counted = crc16(payload);
	if (sent === counted) return { payload, start };
	const hex = (value: number) => value.toString(16).padStart(4, '0');
	return { payload, start, problem: `the CRC is ${hex(sent)}, the bytes give ${hex(counted)}` };
}

/** The length of the HDLC frame at the start of `bytes`, or undefined while its last flag is missing. */
export function frameLength(bytes: Uint8Array): number | undefined {
	const end = bytes.indexOf(flag, firstInside(bytes));
	return end < 0 ? undefined : end + 1;
}

/** Flags in a row are as good as one: a frame may open with the flag that closes the one before. */
function firstInside(bytes: Uint8Array): number {
	let at = 0;
	while (bytes[at] === flag) at++;
	return at;
}

/**
 * Where each byte of the payload stands in its frame, and behind the last one where the CRC begins:
 * an escaped byte takes two.
 */
export function placesIn(bytes: Uint8Array, start: number): number[] {
	const places: number[] = [];
	for (let at = start; at < bytes.length - 1; at++) {
		places.push(at);
		if (bytes[at] === escapeByte) at++;
	}
	places.pop();
	return places;
}
