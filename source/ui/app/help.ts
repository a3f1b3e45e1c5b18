/** The help and the hint line, both made from the action table. */
import type { Action } from '../actions/action.ts';
import type { Look } from '../text/appearance.ts';
import { keyLabel } from '../text/key-labels.ts';
import { cut, fitLeft, widthOf, wrap } from '../text/lines.ts';
import { viewNames, viewTitles } from '../views/view.ts';
import type { Desk } from './console-state.ts';

const keyWidth = 16;

/** What all lists have in common, for the help and for the pages. */
export const listWords = [
	'All lists, panes and texts work the same way. / searches and marks what it finds; n and N go on.',
	'f filters: words that must be there, field:value, and ! before what must not. The filter stands in the title of the pane, and Esc clears it.',
	'V or Shift with the arrows select; y copies to the clipboard (OSC 52) and to a file, with serial numbers masked.',
	'Space freezes a list, + shows its pane over the whole view.',
] as const;

function helpRow({ keys, name, risk }: Action, look: Look): string {
	const shown = keys.map((key) => keyLabel(key, look.signs)).join(' ');
	const asks = risk === 'modem' ? look.paint.warn('  asks first') : '';
	return `${look.paint.strong(fitLeft(shown, keyWidth))} ${name}${asks}`;
}

export const helpRows =
	(desk: Desk, what: 'view' | 'all') =>
	(look: Look, width: number): string[] => {
		const group = (title: string, members: readonly Action[]) =>
			members.length === 0
				? []
				: [look.paint.title(title), ...members.map((action) => helpRow(action, look)), ''];
		const lists = [
			look.paint.title('Lists'),
			...listWords.flatMap((words) => wrap(words, width)),
			'',
		];
		const of = (where: Action['where']) => desk.actions.filter((action) => action.where === where);
		if (what === 'all') {
			return [
				...viewNames.flatMap((view) => group(viewTitles[view], of(view))),
				...group('While a line is typed', of('typing')),
				...group('Everywhere', of('everywhere')),
				...lists,
			];
		}
		const here = desk.actionsOf('view');
		const typing = desk.viewName === 'at' ? of('typing') : [];
		return [
			...group(
				viewTitles[desk.viewName],
				here.filter(({ where }) => where === desk.viewName),
			),
			...group('While a line is typed', typing),
			...group(
				'Everywhere',
				here.filter(({ where }) => where === 'everywhere'),
			),
			...lists,
		];
	};

/** As many hints as fit; the help is always among them. */
export function hintRow(desk: Desk, width: number): string {
	const { look } = desk;
	const layer = desk.view.isTyping ? 'typing' : 'view';
	const hints = desk
		.actionsOf(layer)
		.flatMap(({ keys, hint, label }) =>
			hint ? [{ key: label?.(look.signs) ?? keyLabel(keys[0]!, look.signs), hint }] : [],
		);
	const last = layer === 'view' ? hints.filter(({ key }) => [':', '?'].includes(key)) : [];
	const others = hints.filter((hint) => !last.includes(hint));
	const length = ({ key, hint }: { key: string; hint: string }) => widthOf(`${key} ${hint}`) + 2;
	let room = width - 1 - last.reduce((sum, hint) => sum + length(hint), 0);
	const first = others.filter((hint) => {
		room -= length(hint);
		return room >= 0;
	});
	const row = [...first, ...last].map(({ key, hint }) => `${look.paint.strong(key)} ${hint}`);
	return fitLeft(` ${cut(row.join('  '), width - 1)}`, width);
}
