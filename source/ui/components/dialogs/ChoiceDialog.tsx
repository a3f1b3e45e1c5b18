import { ListState } from '../../list/list-state.ts';
import { fitLeft, type Size, wrap } from '../../text/lines.ts';
import { useAppearance } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { List } from '../List.tsx';
import { moveBy } from '../list-rows.ts';
import { Dialog, longestBeside, roomIn } from './Dialog.tsx';
import type { Close, Overlay } from './overlay.ts';

export type Choice = {
	readonly label: string;
	/** What happens when it is chosen, and what it costs. */
	readonly says: string;
	readonly run: () => void;
};

/** Asks a person to choose: arrows choose, Enter accepts, Esc cancels. */
export class ChoiceDialog implements Overlay {
	readonly #title: string;
	readonly #says: string;
	readonly #choices: readonly Choice[];
	readonly #close: Close;
	readonly #list = new ListState();

	constructor(title: string, says: string, choices: readonly Choice[], close: Close) {
		this.#title = title;
		this.#says = says;
		this.#choices = choices;
		this.#close = close;
		this.#list.update({ first: 0, end: choices.length });
	}

	key(key: string): void {
		if (key === 'k') this.#list.move(-1);
		else if (key === 'j') this.#list.move(1);
		else if (key === 'g') this.#list.toStart();
		else if (key === 'G') this.#list.toEnd();
		else if (moveBy(this.#list, key)) return;
		else if (key === 'esc') this.#close();
		else if (key === 'enter') {
			this.#close();
			this.#choices[this.#list.at]?.run();
		}
	}

	render(screen: Size) {
		return (
			<ChoiceBox
				title={this.#title}
				says={this.#says}
				choices={this.#choices}
				list={this.#list}
				screen={screen}
			/>
		);
	}
}

type ChoiceBoxProps = {
	readonly title: string;
	readonly says: string;
	readonly choices: readonly Choice[];
	readonly list: ListState;
	readonly screen: Size;
};

function ChoiceBox({ title, says, choices, list, screen }: ChoiceBoxProps) {
	const { symbols } = useAppearance();
	const width = roomIn(screen);
	const lead = says === '' ? [] : [...wrap(says, width), ''];
	const explained = choices.map(({ says }) => wrap(says, width));
	// The sentence always takes the room of the longest, so that the box does not jump.
	const longest = Math.min(3, Math.max(...explained.map(({ length }) => length)));
	const blanks = longest > 0 ? 1 : 0;
	const sentence = Array.from(
		{ length: blanks + longest },
		(_, index) => explained[list.at]?.[index - blanks] ?? '',
	);
	const room = longestBeside(screen) - lead.length - sentence.length;
	const height = Math.max(1, Math.min(choices.length, room));
	const rows = lead.length + height + sentence.length;
	const note = height < choices.length ? `${list.at + 1} of ${choices.length}` : '';
	const hint = [
		[symbols.upDown, 'choose'],
		[symbols.enter, 'accept'],
		['Esc', 'cancel'],
	] as const;
	return (
		<Dialog title={title} note={note} hint={hint} screen={screen} rows={rows}>
			{lead.length > 0 && <Lines lines={lead} size={{ width, height: lead.length }} />}
			<List
				list={list}
				size={{ width, height }}
				focused
				row={(index) => fitLeft(choices[index]!.label, width - 1)}
			/>
			<Lines lines={sentence} size={{ width, height: sentence.length }} />
		</Dialog>
	);
}
