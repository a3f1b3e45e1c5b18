/**
 * What the build puts in the place of Ink's Output, which takes the screen apart into cells and puts
 * it together again, 20 ms for the first frame: ours comes in finished rows.
 */
type Transform = (line: string, index: number) => string;

export default class QuickOutput {
	readonly #height: number;
	#rows: string[] = [];

	constructor({ height }: { readonly height: number }) {
		this.#height = height;
	}

	/** The one text of the screen, from its first cell on. */
	write(_x: number, _y: number, text: string, { transformers }: { transformers: Transform[] }) {
		this.#rows = text
			.split('\n')
			.map((row, index) =>
				transformers.reduce((line, change) => change(line, index), row).trimEnd(),
			);
	}

	get(): { output: string; height: number } {
		return { output: this.#rows.join('\n'), height: this.#height };
	}
}
