import type { Action } from '../../actions/action.ts';

export const recordingsActions: readonly Action[] = [
	{
		risk: 'none',
		where: 'recordings',
		name: 'Open the recording',
		keys: ['enter'],
		hint: 'open',
		words: ['replay', 'play'],
		run: ({ views }) => views.recordings.openChosen(),
	},
];
