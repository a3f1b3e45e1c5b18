import type { Desk } from '../desk.ts';
import type { Signs } from '../signs.ts';
import type { Action } from './action.ts';

const hasList = ({ view }: Desk) => view.cursor !== undefined;
const move = (by: number) => (desk: Desk) => desk.view.cursor?.move(by);
const upDown = (signs: Signs) => signs.upDown;

export const listActions: readonly Action[] = [
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
];
