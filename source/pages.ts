/**
 * Memory in pages of its own, for what is large and soon over: once malloc has given such a piece back it
 * takes the next ones from its heap, and keeps them there.
 */
export function inOwnPages(length: number): Buffer<ArrayBuffer> {
	return Buffer.from(new ArrayBuffer(length, { maxByteLength: length }));
}

/** At once, and not some collections later. It is empty then. */
export const givePagesBack = ({ buffer }: Buffer<ArrayBuffer>): void => buffer.resize(0);
