import type { Action } from '../../actions/action.ts';
import type { Symbols } from '../../text/symbols.ts';

const upDown = (symbols: Symbols) => symbols.upDown;

export const typingActions: readonly Action[] = [
	{
		risk: 'modem',
		where: 'typing',
		name: 'Send the line',
		keys: ['enter'],
		hint: 'send',
		run: ({ views }) => views.at.send(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Complete the command',
		keys: ['tab'],
		hint: 'complete',
		run: ({ views }) => views.at.complete(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Older command',
		keys: ['up'],
		hint: 'history',
		label: upDown,
		run: ({ views }) => views.at.recall(1),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Newer command',
		keys: ['down'],
		run: ({ views }) => views.at.recall(-1),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Search the history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: ({ views }) => views.at.searchHistory(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Leave the line',
		keys: ['esc'],
		hint: 'leave',
		run: ({ views }) => views.at.leave(),
	},
];
