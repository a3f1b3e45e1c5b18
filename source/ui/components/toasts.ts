/** A word about what just happened; it goes by itself or with the next key. */
import { Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Appearance } from '../text/appearance.ts';
import { fitLeft, hangingIndent } from '../text/lines.ts';

/** Milliseconds that a toast stays. */
const stays = 8000;

export class Toasts {
	#text = '';
	#isProblem = false;
	#until = 0;

	show(text: string): void {
		this.#show(text, false);
	}

	/** Shows a failure: a `Problem` in its own sentences, anything else as the defect it is. */
	fail(error: unknown): void {
		const what = error instanceof Error ? error.message : String(error);
		const defect = `modemscope itself failed at this: ${what}`;
		this.#show(error instanceof Problem ? error.sentence : defect, true);
	}

	clear(): void {
		this.#until = 0;
	}

	/** Milliseconds until it goes; 0 when there is none. */
	get left(): number {
		return Math.max(0, this.#until - performance.now());
	}

	/** At most `height` rows. */
	rows(appearance: Appearance, width: number, height: number): string[] {
		if (this.left === 0) return [];
		const lead = this.#isProblem ? ` ${appearance.symbols.failed} ` : ` ${appearance.symbols.dot} `;
		const paint = this.#isProblem ? appearance.paint.alarm : appearance.paint.selected;
		return hangingIndent(lead, this.#text, width - 1)
			.slice(0, height)
			.map((row) => paint(fitLeft(row, width)));
	}

	#show(text: string, isProblem: boolean): void {
		this.#text = sanitize(text);
		this.#isProblem = isProblem;
		this.#until = performance.now() + stays;
	}
}
