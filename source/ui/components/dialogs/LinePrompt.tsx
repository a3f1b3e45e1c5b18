import { Box } from 'ink';
import { fitLeft, type Size } from '../../text/lines.ts';
import { useAppearance } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { TextInputState, textInputRow } from '../TextInput.tsx';
import type { Close, Overlay } from './overlay.ts';

export type LineOptions = {
	readonly lead: string;
	readonly text: string;
	/** Said under the line while it is typed. */
	readonly says: (typed: string) => string;
	/** With every change of the line. */
	readonly typed: (text: string) => void;
	readonly done: (text: string) => void;
	/** Esc: as it was before. */
	readonly left: () => void;
};

/** A line at the foot of the screen, so that what it searches or filters stays in sight. */
export class LinePrompt implements Overlay {
	readonly #options: LineOptions;
	readonly #close: Close;
	readonly #input: TextInputState;

	constructor(options: LineOptions, close: Close) {
		this.#options = options;
		this.#close = close;
		this.#input = new TextInputState(options.text);
		this.#input.selectAll();
	}

	key(key: string): void {
		if (key === 'esc') {
			this.#close();
			this.#options.left();
		} else if (key === 'enter') {
			this.#close();
			this.#options.done(this.#input.text);
		} else if (this.#input.key(key)) this.#options.typed(this.#input.text);
	}

	paste(text: string): void {
		this.#input.paste(text);
		this.#options.typed(this.#input.text);
	}

	render(screen: Size) {
		const { lead, says } = this.#options;
		return <PromptLine lead={lead} says={says} input={this.#input} screen={screen} />;
	}
}

type PromptLineProps = Pick<LineOptions, 'lead' | 'says'> & {
	readonly input: TextInputState;
	readonly screen: Size;
};

function PromptLine({ lead, says, input, screen: { width, height } }: PromptLineProps) {
	const appearance = useAppearance();
	const { paint } = appearance;
	const lines = [
		fitLeft(textInputRow(appearance, input, ` ${paint.strong(lead)} `, width), width),
		fitLeft(paint.dim(` ${says(input.text)}`), width),
	];
	return (
		<Box position="absolute" top={height - 2}>
			<Lines lines={lines} size={{ width, height: 2 }} />
		</Box>
	);
}
