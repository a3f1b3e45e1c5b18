/** What is read of the open firmware file while it is looked at; memory does not grow with the file. */
import { type Content, readContents } from '../../../firmware/cwe/contents.ts';
import type { ImageNode } from '../../../firmware/cwe/image-tree.ts';
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import type { ViewContext } from '../../actions/view-context.ts';

/** Bytes held; a scroll through them reads nothing. */
const held = 64 << 10;
const noBytes = new Uint8Array();

export class FileReader {
	readonly #context: ViewContext;
	#file: FirmwareFile | undefined;
	#contents: readonly Content[] = [];
	#start = 0;
	#bytes: Uint8Array | undefined;

	constructor(context: ViewContext) {
		this.#context = context;
	}

	/** Up to `length` bytes at an offset of the file; none at first when they have to be read. */
	bytes(file: FirmwareFile, offset: number, length: number): Uint8Array {
		this.#take(file);
		const end = Math.min(offset + length, file.size);
		const from = offset - this.#start;
		if (this.#bytes && from >= 0 && end <= this.#start + held) {
			return this.#bytes.subarray(from, end - this.#start);
		}
		this.#readBytes(file, Math.max(0, offset - held / 2));
		return noBytes;
	}

	/** What an image holds; undefined for one that is no leaf, and until it was read. */
	content(file: FirmwareFile, { start }: ImageNode): Content | undefined {
		this.#take(file);
		return this.#contents.find(({ image }) => image === start);
	}

	#take(file: FirmwareFile): void {
		if (this.#file === file) return;
		this.#file = file;
		this.#bytes = undefined;
		this.#contents = [];
		void this.#context.attempt(async () => {
			const contents = await readContents(file.images, file.readBytes);
			if (this.#file === file) this.#contents = contents;
		});
	}

	#readBytes(file: FirmwareFile, start: number): void {
		this.#start = start;
		this.#bytes = noBytes;
		void this.#context.attempt(async () => {
			const bytes = await file.readBytes(start, held);
			if (this.#file === file && this.#start === start) this.#bytes = bytes;
		});
	}
}
