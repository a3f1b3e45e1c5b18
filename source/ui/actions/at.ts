import type { Action } from './action.ts';

export const atActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'at',
		name: 'Type an AT command',
		keys: ['i', 'enter'],
		hint: 'type a command',
		words: ['send', 'write'],
		run: ({ views }) => views.at.startTyping(),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Search the AT history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: ({ views }) => views.at.searchHistory(),
	},
];
