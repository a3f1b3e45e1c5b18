import { type Size, wrap } from '../../text/lines.ts';
import { useAppearance } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { TextInputState, textInputRow } from '../TextInput.tsx';
import { Dialog, longest, roomIn } from './Dialog.tsx';
import type { Close, Overlay } from './overlay.ts';

export type TypedOptions = {
	readonly title: string;
	/** Paragraphs. */
	readonly says: readonly string[];
	/** Stands before what is typed. */
	readonly prompt: string;
	/** It is not shown while it is typed. */
	readonly isSecret?: boolean;
	/** Why what was typed will not do; undefined when it will. */
	readonly refuse: (typed: string) => string | undefined;
	readonly run: (typed: string) => void;
};

/** Asks for a word: a path, a note, or the name of a thing that must not happen by accident. */
export class TypedDialog implements Overlay {
	readonly #options: TypedOptions;
	readonly #close: Close;
	readonly #input = new TextInputState();
	#refusal = '';

	constructor(options: TypedOptions, close: Close) {
		this.#options = options;
		this.#close = close;
	}

	key(key: string): void {
		if (key === 'esc') this.#close();
		else if (key === 'enter') this.#goOn();
		else {
			this.#refusal = '';
			this.#input.key(key);
		}
	}

	#goOn(): void {
		const typed = this.#input.text.trim();
		this.#refusal = this.#options.refuse(typed) ?? '';
		if (this.#refusal !== '') return;
		this.#close();
		this.#options.run(typed);
	}

	paste(text: string): void {
		this.#input.paste(text);
	}

	render(screen: Size) {
		return (
			<TypedBox
				options={this.#options}
				input={this.#input}
				refusal={this.#refusal}
				screen={screen}
			/>
		);
	}
}

type TypedBoxProps = {
	readonly options: TypedOptions;
	readonly input: TextInputState;
	readonly refusal: string;
	readonly screen: Size;
};

/** Rows of a screen from which on paragraphs are apart. */
const roomForGaps = 20;

function TypedBox({ options, input, refusal, screen }: TypedBoxProps) {
	const appearance = useAppearance();
	const { paint, symbols } = appearance;
	const hint = [
		[symbols.enter, 'continue'],
		['Esc', 'cancel'],
	] as const;
	const width = roomIn(screen);
	const gap = screen.height < roomForGaps ? [] : [''];
	const rowsOf = (paragraph: string) => [...wrap(paragraph, width), ...gap];
	// What to type is said last; it is seen however much stands before it.
	const last = options.says.slice(-1).flatMap(rowsOf);
	const before = options.says.slice(0, -1).flatMap(rowsOf);
	const shown = options.isSecret ? input.hidden : input;
	const lines = [
		...before.slice(0, Math.max(0, longest(screen) - 3 - last.length)),
		...last,
		textInputRow(appearance, shown, `${options.prompt} `, width),
		...wrap(refusal, width).map((row) => paint.bad(row)),
	];
	return (
		<Dialog title={options.title} hint={hint} screen={screen} rows={lines.length}>
			<Lines lines={lines} size={{ width, height: lines.length }} />
		</Dialog>
	);
}

/** Refuses everything but one word. */
export const onlyWord =
	(word: string) =>
	(typed: string): string | undefined =>
		typed.toUpperCase() === word.toUpperCase()
			? undefined
			: `That is not ${word}. Nothing was sent.`;
