/**
 * What the build puts in the place of Intl.Segmenter, which takes 20 ms to make and is asked about
 * each row: text of our own signs and colours is taken apart here, the rest over there.
 */
const plain = /^[\x1b\x20-\x7e·×’←-↓⏎─-▟▶◀✓✗]*$/;

export class QuickSegmenter {
	readonly #options: ConstructorParameters<typeof Intl.Segmenter>;
	#segmenter: Intl.Segmenter | undefined;

	constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#options = options;
	}

	segment(input: string): Pick<Intl.Segments, 'containing' | typeof Symbol.iterator> {
		if (plain.test(input)) {
			const all = Array.from(input, (segment, index) => ({ segment, index, input }));
			return { containing: (index = 0) => all[index], [Symbol.iterator]: () => all.values() };
		}
		this.#segmenter ??= new globalThis.Intl.Segmenter(...this.#options);
		return this.#segmenter.segment(input);
	}
}
