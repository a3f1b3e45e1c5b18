/**
 * The first number from `low` on for which `isBefore` is false, `high` when there is none below it.
 * It has to be true of all before that number, and of none behind it.
 */
export function partitionPoint(
	low: number,
	high: number,
	isBefore: (number: number) => boolean,
): number {
	let [from, to] = [low, high];
	while (from < to) {
		const middle = (from + to) >> 1;
		if (isBefore(middle)) from = middle + 1;
		else to = middle;
	}
	return from;
}
