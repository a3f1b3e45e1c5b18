/** The help and the hint line, both made from the action table. */

import type { Appearance } from '../text/appearance.ts';
import { glossary } from '../text/glossary.ts';
import { keyLabel } from '../text/key-labels.ts';
import { fitLeft, widthOf, wrap } from '../text/lines.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
import type { Action, ViewContext } from './view-context.ts';

const keyWidth = 16;

/** What all lists have in common, for the help and for the pages. */
export const listWords = [
	'All lists, panes and texts work the same way. / searches and marks the hits; n and N go to the next and the previous one.',
	'f filters by words and field:value; ! excludes. The title of the pane shows the filter, and Esc clears it.',
	'V or Shift with the arrows select; y copies to the clipboard (OSC 52) and to a file, with serial numbers masked.',
	'Space freezes a list, + shows its pane over the whole view.',
] as const;

const asks = '  asks first';

function actionRows({ keys, name, risk }: Action, appearance: Appearance, width: number): string[] {
	const shown = keys.map((key) => keyLabel(key, appearance.symbols)).join(' ');
	const rows = wordRows(appearance, shown, name, width);
	if (risk !== 'modem') return rows;
	const last = rows.pop()!;
	const said = appearance.paint.warn(asks);
	return widthOf(last) + widthOf(asks) <= width
		? [...rows, last + said]
		: [...rows, last, ' '.repeat(keyWidth - 1) + said];
}

const wordRows = ({ paint }: Appearance, term: string, means: string, width: number): string[] =>
	wrap(means, Math.max(1, width - keyWidth - 1)).map(
		(row, index) => `${paint.strong(fitLeft(index === 0 ? term : '', keyWidth))} ${row}`,
	);

export const helpRows =
	(context: ViewContext, what: 'view' | 'all') =>
	(appearance: Appearance, width: number): string[] => {
		const group = (title: string, members: readonly Action[]) =>
			members.length === 0
				? []
				: [
						appearance.paint.title(title),
						...members.flatMap((action) => actionRows(action, appearance, width)),
						'',
					];
		const lists = [
			appearance.paint.title('Lists'),
			...listWords.flatMap((words) => wrap(words, width)),
			'',
			appearance.paint.title('Words'),
			...glossary.flatMap(([term, means]) => wordRows(appearance, term, means, width)),
			'',
		];
		const of = (where: Action['where']) =>
			context.actions.filter((action) => action.where === where);
		if (what === 'all') {
			return [
				...viewNames.flatMap((view) => group(viewTitles[view], of(view))),
				...group('While a line is typed', of('typing')),
				...group('Everywhere', of('global')),
				...lists,
			];
		}
		const here = context.actionsOf('view');
		const typing = context.viewName === 'at' ? of('typing') : [];
		return [
			...group(
				viewTitles[context.viewName],
				here.filter(({ where }) => where === context.viewName),
			),
			...group('While a line is typed', typing),
			...group(
				'Everywhere',
				here.filter(({ where }) => where === 'global'),
			),
			...lists,
		];
	};
