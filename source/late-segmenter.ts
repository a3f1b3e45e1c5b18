/**
 * What the build puts in the place of `Intl.Segmenter`: the first one takes 8 ms and 3 MB, and several
 * packages make one each, for signs that most screens never show. This one is made when it is asked.
 */
export class LateSegmenter {
	readonly #given: ConstructorParameters<typeof Intl.Segmenter>;
	#segmenter: Intl.Segmenter | undefined;

	constructor(...given: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#given = given;
	}

	segment(text: string): Intl.Segments {
		this.#segmenter ??= new globalThis.Intl.Segmenter(...this.#given);
		return this.#segmenter.segment(text);
	}
}
