import type { Action } from '../../actions/view-context.ts';
import type { RecordingsState } from './recordings-state.ts';

export const recordingsActions: readonly Action<RecordingsState>[] = [
	{
		risk: 'none',
		where: 'recordings',
		name: 'Open the recording',
		keys: ['enter'],
		hint: 'open',
		words: ['replay', 'play'],
		run: (_, view) => view.openChosen(),
	},
];
