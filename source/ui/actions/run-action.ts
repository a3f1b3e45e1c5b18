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

/** Why it cannot be done now, in a sentence. */
export function whyNot(action: Action, context: ViewContext): string {
	const { unless, name, risk } = action;
	if (risk === 'modem' && context.session.player) {
		return 'This is a recording: nothing can be sent from it. L goes back to the real modem.';
	}
	return (
		(typeof unless === 'function' ? unless(context, viewFor(action, context)) : unless) ??
		`Not possible now: ${name}.`
	);
}

export const runAction = (action: Action, context: ViewContext): Promise<void> =>
	context.attempt(() => action.run(context, viewFor(action, context)));
