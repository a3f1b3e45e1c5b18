import type { Action, View, ViewContext } from './view-context.ts';

/** The view that an action works on. */
const viewFor = ({ where }: Action, { view, views }: ViewContext): View =>
	where === 'global' || where === 'typing' ? view : views[where];

/** A condition that fails is no reason to lose the other keys. */
export function isPossible(action: Action, context: ViewContext): boolean {
	try {
		return action.when?.(context, viewFor(action, context)) ?? true;
	} catch {
		return false;
	}
}

export const runAction = (action: Action, context: ViewContext): Promise<void> =>
	context.attempt(() => action.run(context, viewFor(action, context)));
