/** A word about what just happened; it goes by itself or with the next key. */
import { Box } from 'ink';
import { Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { fitLeft, fitRows, hangingIndent, type Size } from '../text/lines.ts';
import { useAppearance, useRedrawIn } from './console-hooks.ts';
import { Lines } from './Lines.tsx';

/** Milliseconds that a toast stays: at least, and for each character that is read. */
const stays = 8000;
const staysPerCharacter = 50;

export class ToastState {
	#text = '';
	#isProblem = false;
	#until = 0;

	show(text: string): void {
		this.#show(text, false);
	}

	/** Shows a failure: a `Problem` in its own sentences, put in `words`; anything else as the defect it is. */
	fail(error: unknown, words: (sentence: string) => string): void {
		const what = error instanceof Error ? error.message : String(error);
		const defect = `modemscope itself failed at this: ${what}`;
		this.#show(error instanceof Problem ? words(error.sentence) : defect, true);
	}

	clear(): void {
		this.#until = 0;
	}

	/** Milliseconds until it goes; 0 when there is none. */
	get left(): number {
		return Math.max(0, this.#until - performance.now());
	}

	get text(): string {
		return this.#text;
	}

	get isProblem(): boolean {
		return this.#isProblem;
	}

	#show(text: string, isProblem: boolean): void {
		this.#text = sanitize(text);
		this.#isProblem = isProblem;
		this.#until = performance.now() + Math.max(stays, this.#text.length * staysPerCharacter);
	}
}

type ToastsProps = { readonly toasts: ToastState; readonly screen: Size };

/** Lies over the last rows of the view, half of them at most. */
export function Toasts({ toasts, screen }: ToastsProps) {
	const { paint, symbols } = useAppearance();
	const { text, isProblem, left } = toasts;
	useRedrawIn(left === 0 ? undefined : left + 10);
	if (left === 0) return null;
	const lead = isProblem ? ` ${symbols.failed} ` : ` ${symbols.dot} `;
	const tint = isProblem ? paint.alarm : paint.selected;
	const { width } = screen;
	const rows = hangingIndent(lead, text, width - 1);
	const lines = fitRows(rows, { width, height: Math.floor(screen.height / 2) }).map((line) =>
		tint(fitLeft(line, width)),
	);
	return (
		<Box position="absolute" top={screen.height - 1 - lines.length}>
			<Lines lines={lines} size={{ width, height: lines.length }} />
		</Box>
	);
}
