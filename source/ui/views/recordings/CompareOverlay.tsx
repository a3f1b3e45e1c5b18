/** Two recordings side by side, aligned by what was said; it lies over the whole screen. */
import { Box } from 'ink';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import type { Close, Overlay } from '../../components/dialogs/overlay.ts';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { Appearance } from '../../text/appearance.ts';
import { fitLeft, fitRight, type Size, widthOf, wrap } from '../../text/lines.ts';
import type { CompareState, FieldPair } from './compare-state.ts';

export class CompareOverlay implements Overlay {
	readonly #state: CompareState;
	readonly #close: Close;
	#page = 1;

	constructor(state: CompareState, close: Close) {
		this.#state = state;
		this.#close = close;
	}

	key(key: string): void {
		const state = this.#state;
		if (key === 'esc' && state.isOpen) state.isOpen = false;
		else if (key === 'esc' || key === 'q') this.#close();
		else if (key === 'enter') state.isOpen = !state.isOpen;
		else if (key === 'up' || key === 'k') state.move(-1);
		else if (key === 'down' || key === 'j') state.move(1);
		else if (key === 'pageup') state.move(-this.#page);
		else if (key === 'pagedown' || key === 'space') state.move(this.#page);
		else if (key === 'home' || key === 'g') state.move(-state.count);
		else if (key === 'end' || key === 'G') state.move(state.count);
		else if (key === 'n') state.toStop(1);
		else if (key === 'N') state.toStop(-1);
	}

	render(screen: Size) {
		this.#page = Math.max(1, screen.height - 6);
		return <CompareBox state={this.#state} screen={screen} />;
	}
}

/** Rows of the list, where the frames lie open below it. */
const listWhenOpen = 8;

function CompareBox({ state, screen }: { readonly state: CompareState; readonly screen: Size }) {
	const appearance = useAppearance();
	const { width, height } = screen;
	const whole = inside(screen, true);
	const room = whole.height - 3;
	const listHeight = state.isOpen ? Math.min(listWhenOpen, room >> 1) : room;
	const pairs = state.isOpen ? state.fieldPairs() : [];
	const fields = fieldRows(appearance, pairs, {
		width: whole.width,
		height: room - listHeight - 1,
	});
	const rows = [
		headRow(appearance, state, whole.width),
		...stepRows(appearance, state, { width: whole.width, height: listHeight }),
		...(state.isOpen ? [appearance.paint.dim(appearance.symbols.line.repeat(whole.width))] : []),
		...fields,
	];
	const filled = Array.from({ length: whole.height - 2 }, (_, index) =>
		fitLeft(rows[index] ?? '', whole.width),
	);
	const { upDown, enter } = appearance.symbols;
	const hints = firstThatFits(
		['next difference or slow step', 'next difference'].map(
			(next) =>
				`${upDown} step  n N ${next}  ${enter} both frames  Esc ${state.isOpen ? 'back' : 'close'}`,
		),
		whole.width,
	);
	return (
		<Box position="absolute" top={0} left={0} width={width} height={height}>
			<Pane title="Compare" note={countNote(state)} size={screen} boxed focused>
				<Lines
					lines={[...filled, verdict(appearance, state, whole.width), appearance.paint.dim(hints)]}
					size={whole}
				/>
			</Pane>
		</Box>
	);
}

const firstThatFits = (texts: readonly string[], width: number): string =>
	texts.find((text) => widthOf(text) <= width) ?? texts.at(-1)!;

const countNote = ({ at, count }: CompareState) => `step ${count === 0 ? 0 : at + 1} of ${count}`;

const numbers = 6;
const gap = 5;
const halfOf = (width: number) => Math.max(10, Math.floor((width - numbers - gap) / 2));

function headRow({ paint }: Appearance, { sides }: CompareState, width: number): string {
	const half = halfOf(width);
	const name = (lead: string, side: { name: string }) =>
		fitLeft(`${lead} ${sanitize(side.name)}`, half);
	return `${' '.repeat(numbers)}${paint.strong(name('good', sides.good))}${' '.repeat(gap)}${paint.strong(name('bad', sides.bad))}`;
}

function stepRows(appearance: Appearance, state: CompareState, { width, height }: Size): string[] {
	const { paint, symbols } = appearance;
	const half = halfOf(width);
	const top = Math.max(0, Math.min(state.at - (height >> 1), state.count - height));
	const different = state.comparison.first && state.comparison.first.number - 1;
	return Array.from({ length: Math.min(height, state.count) }, (_, row) => {
		const index = top + row;
		const { good, bad } = state.stepsAt(index);
		const slow = state.slowAt(index);
		const cell = (text: string | undefined) =>
			fitLeft(sanitize(text ?? '(the recording ends)'), half);
		const isEqual = different === undefined || index < different;
		const like = slow ? symbols.late : '=';
		const sign = index === different ? symbols.unequal : isEqual ? like : ' ';
		const took = slow ? ` ${slow.good.toFixed(1)} s, now ${slow.bad.toFixed(1)} s` : '';
		const text = `${fitRight(String(index + 1), numbers - 1)} ${cell(good?.text)}  ${sign}  ${cell((bad?.text ?? '(the recording ends)') + took)}`;
		const painted = index === different ? paint.bad(text) : slow ? paint.warn(text) : text;
		return index === state.at ? paint.selected(fitLeft(text, width)) : painted;
	});
}

/** As many rows as there is room for; where that is not for all, what differs comes first. */
function fieldRows(appearance: Appearance, pairs: readonly FieldPair[], size: Size): string[] {
	const rows = pairRows(appearance, pairs, size.width);
	if (rows.length <= size.height) return rows;
	const differ = pairs.filter(({ good, bad }) => good !== bad);
	const equal = pairs.filter((pair) => !differ.includes(pair));
	return pairRows(appearance, [...differ, ...equal], size.width).slice(0, size.height);
}

/** The sign stands where it does in the rows of steps; what does not fit beside it goes on below. */
function pairRows(
	{ paint, symbols }: Appearance,
	pairs: readonly FieldPair[],
	width: number,
): string[] {
	const half = halfOf(width);
	const longest = Math.max(4, ...pairs.map(({ name }) => name.length));
	const names = Math.min(24, longest, half - 8);
	const values = numbers + half - names - 2;
	return pairs.flatMap(({ name, good, bad }) => {
		const isEqual = good === bad;
		const sides = [wrap(sanitize(good), values), wrap(sanitize(bad), half)] as const;
		return Array.from({ length: Math.max(1, ...sides.map(({ length }) => length)) }, (_, line) => {
			const sign = line > 0 ? ' ' : isEqual ? '=' : symbols.unequal;
			const [left, right] = sides.map((rows) => rows[line] ?? '');
			const lead = fitLeft(line > 0 ? '' : sanitize(name), names);
			const row = ` ${lead} ${fitLeft(left!, values)}  ${sign}  ${fitLeft(right!, half)}`;
			return isEqual ? row : paint.bad(row);
		});
	});
}

function verdict(
	{ paint }: Appearance,
	{ comparison, count }: CompareState,
	width: number,
): string {
	const { first, good, bad, slow } = comparison;
	const slower = slow.length === 0 ? '' : ` ${slow.length} slower.`;
	if (!first) return paint.good(fitLeft(`All ${good.length} steps are equal.${slower}`, width));
	const says = `Step ${first.number} is the first that differs, of ${good.length} and ${bad.length}.`;
	const rest = count < Math.max(good.length, bad.length) ? ` The list ends at ${count}.` : '';
	return paint.bad(
		fitLeft(firstThatFits([`${says}${slower}${rest}`, `${says}${slower}`, says], width), width),
	);
}
