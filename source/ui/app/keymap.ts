/**
 * Everything that a person can do, once: the keys, the help, the palette and the hint line are made
 * from this table. Nothing in it writes to a modem at one key: what could, asks first.
 */
import { globalActions } from '../actions/global.ts';
import { listActions } from '../actions/list.ts';
import { viewOf } from '../actions/next-step.ts';
import { replayActions } from '../actions/replay.ts';
import { isPossible, runAction, whyNot } from '../actions/run-action.ts';
import type { Action, ViewContext } from '../actions/view-context.ts';
import type { Overlay } from '../components/dialogs/overlay.ts';
import { keyLabel } from '../text/key-labels.ts';
import { viewNames } from '../text/view-names.ts';
import { views } from '../views/index.ts';

const ofViews = viewNames.flatMap((name) => views[name].actions);

/**
 * A key goes to the first of these that takes it. Above them all lies the overlay that is open: it
 * takes every key but those of `aboveOverlays`.
 */
const layers = {
	/** While a line is typed; what is left then goes into the line, if it is text. */
	input: ofViews.filter(({ where }) => where === 'typing'),
	view: ofViews.filter(({ where }) => where !== 'typing'),
	/** Every list and pane, in every view; a replay has a few keys before them. */
	list: [...replayActions, ...listActions],
	global: globalActions,
} as const satisfies Readonly<Record<string, readonly Action[]>>;

const aboveOverlays = ['ctrl-c', 'ctrl-z'];

/** The order is that of the help and of the hint line. */
export const actions: readonly Action[] = [
	...layers.input,
	...layers.view,
	...layers.list,
	...layers.global,
];

/** What the keys do now: while a line is typed, or in the view and everywhere. */
export function actionsOf(context: ViewContext, layer: 'typing' | 'view'): readonly Action[] {
	const { input, view, list, global } = layers;
	const here = view.filter(({ where }) => where === context.viewName);
	const all: readonly Action[] = layer === 'typing' ? input : [...here, ...list, ...global];
	return all.filter((action) => isPossible(action, context));
}

export function pressKey(context: ViewContext, overlay: Overlay | undefined, key: string): void {
	if (overlay && !aboveOverlays.includes(key)) {
		overlay.key(key);
		return;
	}
	const { view } = context;
	const first = (layer: 'typing' | 'view') =>
		actionsOf(context, layer).find(({ keys }) => keys.includes(key));
	const typing = view.isTyping ? first('typing') : undefined;
	if (!typing && view.isTyping && view.type?.(key)) return;
	const action = typing ?? first('view');
	if (action) void runAction(action, context);
	else context.toasts.show(whyNothing(key, context));
}

/** A key that does nothing says why: it is not possible now, it belongs to another view, or to none. */
function whyNothing(key: string, context: ViewContext): string {
	const { viewName, appearance } = context;
	const all = actions.filter(({ keys, where }) => where !== 'typing' && keys.includes(key));
	const here = all.find(({ where }) => where === viewName || where === 'global');
	if (here) return whyNot(here, context);
	const label = keyLabel(key, appearance.symbols);
	const [other] = all;
	const view = other && viewOf(other);
	return view
		? `${label} is a key of ${view.key} ${view.title}: ${other.name}.`
		: `${label} does nothing here. ? lists the keys.`;
}
