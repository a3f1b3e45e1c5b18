/** Where the rows of lists end up that are drawn as text: a sign without width tells it. */
import type { ListState } from '../../list/list-state.ts';
import { widthOf } from '../../text/lines.ts';

/** Reads as a change of colour, so that it takes no width; it never reaches the terminal. */
const mark = /\u001b\[999;(\d+);(\d+);(\d+)m/g;

let lists: ListState[] = [];

export function mouseSign(list: ListState, item: number, width: number): string {
	let number = lists.indexOf(list);
	if (number < 0) number = lists.push(list) - 1;
	return `\u001b[999;${number};${item};${width}m`;
}

type Target = {
	readonly from: number;
	readonly to: number;
	readonly list: ListState;
	readonly item: number;
};

/** Takes the signs out of what was drawn, and says what stands where. */
export function takeSigns(drawn: readonly string[]): {
	rows: string[];
	targets: readonly (readonly Target[])[];
} {
	const known = lists;
	lists = [];
	const targets = drawn.map((row) =>
		[...row.matchAll(mark)].map(({ index, 1: number, 2: item, 3: width }) => {
			const from = widthOf(row.slice(0, index));
			return { from, to: from + Number(width), list: known[Number(number)]!, item: Number(item) };
		}),
	);
	return { rows: drawn.map((row) => row.replace(mark, '')), targets };
}
