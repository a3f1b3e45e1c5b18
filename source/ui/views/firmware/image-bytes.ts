/** The bytes of an open firmware file around what is looked at; memory does not grow with the file. */
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import type { ViewContext } from '../../actions/view-context.ts';

/** Bytes held; a scroll through them reads nothing. */
const held = 256 << 10;

export class ImageBytes {
	readonly #context: ViewContext;
	#file: FirmwareFile | undefined;
	#start = 0;
	#bytes: Uint8Array = new Uint8Array();

	constructor(context: ViewContext) {
		this.#context = context;
	}

	/** Up to `length` bytes at an offset of the file; none at first when they have to be read. */
	at(file: FirmwareFile, offset: number, length: number): Uint8Array {
		const end = Math.min(offset + length, file.size);
		const from = offset - this.#start;
		const isHeld = this.#file === file && from >= 0 && end <= this.#start + held;
		if (!isHeld) this.#read(file, Math.max(0, offset - held / 2));
		return isHeld ? this.#bytes.subarray(from, end - this.#start) : new Uint8Array();
	}

	#read(file: FirmwareFile, start: number): void {
		this.#file = file;
		this.#start = start;
		this.#bytes = new Uint8Array();
		void this.#context.attempt(async () => {
			const bytes = await file.readBytes(start, held);
			if (this.#file === file && this.#start === start) this.#bytes = bytes;
		});
	}
}
