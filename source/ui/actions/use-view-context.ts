import { createContext, use, useSyncExternalStore } from 'react';
import type { ViewContext } from './view-context.ts';

/** The console as a store: each frame that the clock allows has a number of its own. */
export type ConsoleStore = ViewContext & {
	readonly subscribe: (listener: () => void) => () => void;
	readonly frame: () => number;
};

export const ConsoleContext = createContext<ConsoleStore | undefined>(undefined);

/** What is known and where a person is; whoever asks is rendered again with each frame. */
export function useViewContext(): ViewContext {
	const store = use(ConsoleContext);
	if (!store) throw new Error('a view stands outside of the console');
	useSyncExternalStore(store.subscribe, store.frame, store.frame);
	return store;
}
