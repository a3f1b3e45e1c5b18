import type { Action } from '../../actions/action.ts';

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
		name: 'Read this modem (everything that tells its state)',
		keys: ['e'],
		hint: 'read this modem',
		words: ['snapshot', 'sweep', 'state', 'card', 'status'],
		when: ({ session }) => session.hasUsb && session.kind !== 'replay',
		run: ({ views }) => views.at.readModem(),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Search the AT history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: ({ views }) => views.at.searchHistory(),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Show this modem',
		keys: ['t'],
		words: ['card', 'facts', 'state'],
		run: ({ views }) => views.at.showCard(),
	},
];
