import type { Symbols } from '../text/symbols.ts';
import { copyRows } from './copying.ts';
import { askFilter, askSearch, findNext } from './searching.ts';
import type { Action, ViewContext } from './view-context.ts';

const hasList = ({ view: { list } }: ViewContext) =>
	list !== undefined && (!list.isEmpty || list.filter !== '');
const noList = 'The chosen pane has no rows.';
const isReplay = ({ session }: ViewContext) => session.player !== undefined;
const move = (by: number) => (context: ViewContext) => context.view.list?.move(by);
const extend = (by: number) => (context: ViewContext) => {
	context.view.list?.selectRange(true);
	context.view.list?.move(by);
};
const upDown = (symbols: Symbols) => symbols.upDown;

/** Every list and pane, in every view, is handled with these. */
export const listActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'global',
		name: 'All panes again',
		keys: ['_'],
		hint: 'all panes',
		words: ['zoom', 'small'],
		unless: 'All panes are shown.',
		when: ({ isZoomed }) => isZoomed,
		run: (context) => {
			context.isZoomed = false;
		},
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Move up',
		keys: ['up', 'k'],
		hint: 'move',
		label: upDown,
		unless: noList,
		when: hasList,
		run: move(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Move down',
		keys: ['down', 'j'],
		unless: noList,
		when: hasList,
		run: move(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Page up',
		keys: ['pageup'],
		unless: noList,
		when: hasList,
		run: ({ view }) => view.list?.page(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Page down',
		keys: ['pagedown'],
		unless: noList,
		when: hasList,
		run: ({ view }) => view.list?.page(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the first',
		keys: ['g', 'home'],
		unless: noList,
		when: hasList,
		run: ({ view }) => view.list?.toStart(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'To the last',
		keys: ['G', 'end'],
		unless: noList,
		when: hasList,
		run: ({ view }) => view.list?.toEnd(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Search in this list',
		keys: ['/'],
		hint: 'search',
		words: ['find'],
		unless: noList,
		when: hasList,
		run: askSearch,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Next that was searched for',
		keys: ['n'],
		words: ['find', 'search'],
		unless: noList,
		when: hasList,
		run: (context) => findNext(context, 1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Previous that was searched for',
		keys: ['N'],
		words: ['find', 'search'],
		unless: noList,
		when: hasList,
		run: (context) => findNext(context, -1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Filter this list',
		keys: ['f'],
		hint: 'filter',
		words: ['only', 'hide', 'grep'],
		unless: noList,
		when: hasList,
		run: askFilter,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Select rows from here',
		keys: ['V'],
		words: ['range', 'mark'],
		unless: noList,
		when: hasList,
		run: ({ view }) => view.list?.selectRange(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Select the row above too',
		keys: ['shift-up'],
		unless: noList,
		when: hasList,
		run: extend(-1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Select the row below too',
		keys: ['shift-down'],
		unless: noList,
		when: hasList,
		run: extend(1),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Copy what is selected',
		keys: ['y'],
		hint: 'copy',
		words: ['clipboard', 'yank', 'paste'],
		unless: noList,
		when: hasList,
		run: copyRows,
	},
	{
		risk: 'none',
		where: 'global',
		name: 'Freeze this list, or let it go on',
		keys: ['space'],
		hint: 'freeze',
		words: ['hold', 'pause', 'stop'],
		unless: noList,
		when: (context) => hasList(context) && !isReplay(context),
		run: ({ view }) => view.list?.freeze(),
	},
	{
		risk: 'none',
		where: 'global',
		name: 'This pane over the whole view',
		keys: ['+'],
		words: ['zoom', 'large', 'maximize'],
		unless: 'This pane has the whole view: _ shows all panes.',
		when: ({ isZoomed }) => !isZoomed,
		run: (context) => {
			context.isZoomed = true;
		},
	},
];
