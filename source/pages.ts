/**
 * Memory in pages of its own, for what is large and soon over: once malloc has given such a piece back it
 * takes the next ones from its heap, and keeps them there.
 */
export function inOwnPages(length: number): Buffer<ArrayBuffer> {
	return Buffer.from(new ArrayBuffer(length, { maxByteLength: length }));
}

/** At once, and not some collections later. It is empty then. */
export const givePagesBack = ({ buffer }: Buffer<ArrayBuffer>): void => buffer.resize(0);

/**
 * Gives back a piece of malloc's heap with the free end of it. glibc does that where the end is twice as long
 * as the largest piece that has been given back from pages of its own: so it is made longer for a moment, by
 * memory that nobody touches. The piece is empty then.
 */
export function giveHeapEndBack({ buffer, length }: Buffer<ArrayBuffer>): void {
	buffer.transfer(0);
	const longer = Array.from({ length: 4 }, () => new ArrayBuffer(length));
	for (const piece of longer.reverse()) piece.transfer(0);
}
