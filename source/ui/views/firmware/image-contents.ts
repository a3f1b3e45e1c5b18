import { type Content, readContents } from '../../../firmware/cwe/contents.ts';
import type { ImageNode } from '../../../firmware/cwe/image-tree.ts';
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import type { ViewContext } from '../../actions/view-context.ts';

/** What the leaves of the open file hold, read once. */
export class ImageContents {
	readonly #context: ViewContext;
	#file: FirmwareFile | undefined;
	#found: readonly Content[] = [];

	constructor(context: ViewContext) {
		this.#context = context;
	}

	/** Undefined for an image that is no leaf, and until it was read. */
	of(file: FirmwareFile, { start }: ImageNode): Content | undefined {
		if (this.#file !== file) {
			this.#file = file;
			this.#found = [];
			void this.#context.attempt(async () => {
				const found = await readContents(file.images, file.readBytes);
				if (this.#file === file) this.#found = found;
			});
		}
		return this.#found.find(({ image }) => image === start);
	}
}
