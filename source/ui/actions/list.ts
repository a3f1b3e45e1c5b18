import type { Desk } from '../app/console-state.ts';
import type { Signs } from '../text/symbols.ts';
import type { Action } from './action.ts';
import { copyRows } from './copying.ts';
import { askFilter, askSearch, findNext } from './searching.ts';

const hasList = ({ view: { cursor } }: Desk) =>
	cursor !== undefined && (!cursor.isEmpty || cursor.filter !== '');
const isReplay = ({ session }: Desk) => session.kind === 'replay';
const move = (by: number) => (desk: Desk) => desk.view.cursor?.move(by);
const extend = (by: number) => (desk: Desk) => {
	desk.view.cursor?.select(true);
	desk.view.cursor?.move(by);
};
const upDown = (signs: Signs) => signs.upDown;

/** Every list and pane, in every view, is handled with these. */
export const listActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'everywhere',
		name: 'All panes again',
		keys: ['_'],
		hint: 'all panes',
		words: ['zoom', 'small'],
		when: ({ isZoomed }) => isZoomed,
		run: (desk) => {
			desk.isZoomed = false;
		},
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Move up',
		keys: ['up', 'k'],
		hint: 'move',
		label: upDown,
		when: hasList,
		run: move(-1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Move down',
		keys: ['down', 'j'],
		when: hasList,
		run: move(1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Page up',
		keys: ['pageup'],
		when: hasList,
		run: ({ view }) => view.cursor?.page(-1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Page down',
		keys: ['pagedown'],
		when: hasList,
		run: ({ view }) => view.cursor?.page(1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'To the first',
		keys: ['g', 'home'],
		when: hasList,
		run: ({ view }) => view.cursor?.toStart(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'To the last',
		keys: ['G', 'end'],
		when: hasList,
		run: ({ view }) => view.cursor?.toEnd(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Search in this list',
		keys: ['/'],
		hint: 'search',
		words: ['find'],
		when: hasList,
		run: askSearch,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Next that was searched for',
		keys: ['n'],
		words: ['find', 'search'],
		when: hasList,
		run: (desk) => findNext(desk, 1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Previous that was searched for',
		keys: ['N'],
		words: ['find', 'search'],
		when: hasList,
		run: (desk) => findNext(desk, -1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Filter this list',
		keys: ['f'],
		hint: 'filter',
		words: ['only', 'hide', 'grep'],
		when: hasList,
		run: askFilter,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Select rows from here',
		keys: ['V'],
		words: ['range', 'mark'],
		when: hasList,
		run: ({ view }) => view.cursor?.select(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Select the row above too',
		keys: ['shift-up'],
		when: hasList,
		run: extend(-1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Select the row below too',
		keys: ['shift-down'],
		when: hasList,
		run: extend(1),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Copy what is selected',
		keys: ['y'],
		hint: 'copy',
		words: ['clipboard', 'yank', 'paste'],
		when: hasList,
		run: copyRows,
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'Freeze this list, or let it go on',
		keys: ['space'],
		hint: 'freeze',
		words: ['hold', 'pause', 'stop'],
		when: (desk) => hasList(desk) && !isReplay(desk),
		run: ({ view }) => view.cursor?.freeze(),
	},
	{
		risk: 'none',
		where: 'everywhere',
		name: 'This pane over the whole view',
		keys: ['+'],
		words: ['zoom', 'large', 'maximize'],
		when: ({ view, isZoomed }) => view.drawPane !== undefined && !isZoomed,
		run: (desk) => {
			desk.isZoomed = true;
		},
	},
];
