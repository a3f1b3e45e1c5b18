import { type ViewName, viewNames, viewTitles } from '../text/view-names.ts';

/** `1 USB`, and a sign or a blank on either side; one blank stands between two of them. */
export const tabs = viewNames.map((view, index) => `${index + 1} ${viewTitles[view]}`);

/** The view whose tab stands at a column of the header. */
export function tabAt(column: number): ViewName | undefined {
	let left = 1;
	return viewNames.find((_, index) => {
		const from = left;
		left += tabs[index]!.length + 3;
		return column >= from && column < left - 1;
	});
}
