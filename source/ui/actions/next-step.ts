/** The one next step of the situation, as an action of the console. */
import { situationOf } from '../../session/situation/situation.ts';
import type { NextStep, StepAction } from '../../session/situation/standing.ts';
import { keyLabel } from '../text/key-labels.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
import { isPossible, runAction } from './run-action.ts';
import type { Action, ViewContext } from './view-context.ts';

/** Whether its key works in the view on the screen. */
const isHere = ({ where }: Action, { viewName }: ViewContext): boolean =>
	where === 'global' || where === viewName;

/** The action that takes a step: one of this view before others, one that is possible before others. */
function actionFor(context: ViewContext, step: StepAction): Action | undefined {
	const all = context.actions.filter((one) => one.step === step);
	const here = all.filter((one) => isHere(one, context));
	return (
		here.find((one) => isPossible(one, context)) ??
		all.find((one) => !isHere(one, context)) ??
		here[0]
	);
}

/** The view that an action is in, by the key that goes there and by its title. */
export function viewOf({
	where,
}: Action): { readonly key: string; readonly title: string } | undefined {
	if (where === 'global' || where === 'typing') return undefined;
	return { key: String(viewNames.indexOf(where) + 1), title: viewTitles[where] };
}

/** The keys that take a next step from the view on the screen: `3 F`; none where no key does. */
export function stepKeys(context: ViewContext, step: StepAction): string | undefined {
	const action = actionFor(context, step);
	if (!action) return undefined;
	const key = keyLabel(action.keys[0]!, context.appearance.symbols);
	return isHere(action, context) ? key : `${viewOf(action)?.key} ${key}`;
}

/** A longer one leaves no room for the other keys; the pane has it whole. */
const longestCopied = 20;

function hintOf({ hint, name }: Action, { action, line }: NextStep): string {
	if (line === undefined) return hint ?? name;
	if (action === 'send') return `type ${line}`;
	return line.length > longestCopied ? 'copy the command' : `copy ${line}`;
}

/** What the hint line leads with: the key to press first, and its word. */
export function leadingHint(
	context: ViewContext,
): { readonly action: Action; readonly key: string; readonly hint: string } | undefined {
	const { next } = situationOf(context.session);
	const action = next && actionFor(context, next.action);
	if (!action || (next.action === 'follow-flash' && context.viewName === 'flash')) return undefined;
	const hint = hintOf(action, next);
	const view = isHere(action, context) ? undefined : viewOf(action);
	return view
		? { action, key: view.key, hint: `${view.title}: ${hint}` }
		: { action, key: keyLabel(action.keys[0]!, context.appearance.symbols), hint };
}

/** Takes the next step from the view on the screen; one of another view is taken there. */
export function takeNextStep(context: ViewContext): Promise<void> | void {
	const action = leadingHint(context)?.action;
	if (!action) return;
	const { where } = action;
	if (where !== 'global' && where !== 'typing') {
		const isOther = context.viewName !== where;
		context.show(where);
		// A person sees the files before one of them is opened.
		if (isOther && action.step === 'open-file') return;
	}
	return runAction(action, context);
}
