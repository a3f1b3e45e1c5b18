/** The help and the hint line, both made from the action table. */

import type { Appearance } from '../text/appearance.ts';
import { keyLabel } from '../text/key-labels.ts';
import { fitLeft, wrap } from '../text/lines.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
import type { Action, ViewContext } from './view-context.ts';

const keyWidth = 16;

/** What all lists have in common, for the help and for the pages. */
export const listWords = [
	'All lists, panes and texts work the same way. / searches and marks what it finds; n and N go on.',
	'f filters: words that must be there, field:value, and ! before what must not. The filter stands in the title of the pane, and Esc clears it.',
	'V or Shift with the arrows select; y copies to the clipboard (OSC 52) and to a file, with serial numbers masked.',
	'Space freezes a list, + shows its pane over the whole view.',
] as const;

function helpRow({ keys, name, risk }: Action, appearance: Appearance): string {
	const shown = keys.map((key) => keyLabel(key, appearance.symbols)).join(' ');
	const asks = risk === 'modem' ? appearance.paint.warn('  asks first') : '';
	return `${appearance.paint.strong(fitLeft(shown, keyWidth))} ${name}${asks}`;
}

export const helpRows =
	(context: ViewContext, what: 'view' | 'all') =>
	(appearance: Appearance, width: number): string[] => {
		const group = (title: string, members: readonly Action[]) =>
			members.length === 0
				? []
				: [
						appearance.paint.title(title),
						...members.map((action) => helpRow(action, appearance)),
						'',
					];
		const lists = [
			appearance.paint.title('Lists'),
			...listWords.flatMap((words) => wrap(words, width)),
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
