import type { Action } from '../../actions/view-context.ts';
import type { Symbols } from '../../text/symbols.ts';
import type { AtState } from './at-state.ts';

const upDown = (symbols: Symbols) => symbols.upDown;

export const typingActions: readonly Action<AtState>[] = [
	{
		risk: 'modem',
		where: 'typing',
		name: 'Send the line',
		keys: ['enter'],
		hint: 'send',
		run: (_, view) => view.send(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Complete the command',
		keys: ['tab'],
		hint: 'complete',
		run: (_, view) => view.complete(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Older command',
		keys: ['up'],
		hint: 'history',
		label: upDown,
		run: (_, view) => view.recall(1),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Newer command',
		keys: ['down'],
		run: (_, view) => view.recall(-1),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Search the history',
		keys: ['ctrl-r'],
		hint: 'search history',
		run: (_, view) => view.searchHistory(),
	},
	{
		risk: 'none',
		where: 'typing',
		name: 'Leave the line',
		keys: ['esc'],
		hint: 'leave',
		run: (_, view) => view.leave(),
	},
];
