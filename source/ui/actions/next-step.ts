import type { StepAction } from '../../session/situation/standing.ts';
import { keyLabel } from '../text/key-labels.ts';
import { viewNames } from '../text/view-names.ts';
import type { ViewContext } from './view-context.ts';

/** The keys that take a next step from the view on the screen: `3 F`; none where no key does. */
export function stepKeys(
	{ actions, viewName, appearance }: ViewContext,
	step: StepAction,
): string | undefined {
	const action = actions.find((one) => one.step === step);
	if (!action) return undefined;
	const { where } = action;
	const key = keyLabel(action.keys[0]!, appearance.symbols);
	const isHere = where === 'global' || where === 'typing' || where === viewName;
	return isHere ? key : `${viewNames.indexOf(where) + 1} ${key}`;
}
