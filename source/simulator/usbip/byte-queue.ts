/** Bytes that arrive as they were cut on their way, and leave in the lengths that are asked for. */
export class ByteQueue {
	readonly #pieces: Buffer[] = [];
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(bytes: Buffer): void {
		if (bytes.length === 0) return;
		this.#pieces.push(bytes);
		this.#length += bytes.length;
	}

	/** The first `length` bytes, copied only where a cut runs through them; undefined when fewer are here. */
	take(length: number): Buffer | undefined {
		if (this.#length < length) return undefined;
		const parts: Buffer[] = [];
		for (let left = length; left > 0; ) {
			const piece = this.#pieces[0]!;
			parts.push(piece.subarray(0, left));
			if (piece.length > left) this.#pieces[0] = piece.subarray(left);
			else this.#pieces.shift();
			left -= Math.min(left, piece.length);
		}
		this.#length -= length;
		return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
	}
}
