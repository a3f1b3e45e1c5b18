import { situationOf } from '../../session/situation/situation.ts';
import { leadingHint } from '../actions/next-step.ts';
import { useViewContext } from '../actions/use-view-context.ts';
import type { ViewContext } from '../actions/view-context.ts';
import { useRedrawIn } from '../components/console-hooks.ts';
import { Lines } from '../components/Lines.tsx';
import { keyLabel } from '../text/key-labels.ts';
import { cut, fitLeft, widthOf } from '../text/lines.ts';

/** The keys that do something now, in the last row. */
export function HintLine({ width }: { readonly width: number }) {
	const context = useViewContext();
	const countdown = waitsFor(context);
	useRedrawIn(countdown === undefined ? undefined : 1000);
	return <Lines lines={[hintRow(context, width, countdown)]} size={{ width, height: 1 }} />;
}

/** What is armed waits for a window that is known: there is nothing to press, but to see when. */
function waitsFor({ session, view }: ViewContext): string | undefined {
	if (view.isTyping || session.modem?.at.armed === undefined) return undefined;
	return situationOf(session).countdown;
}

/** The next step leads; as many hints as fit follow, and help, or the way out of a line, is always among them. */
function hintRow(context: ViewContext, width: number, countdown: string | undefined): string {
	const { appearance } = context;
	const layer = context.view.isTyping ? 'typing' : 'view';
	const next = layer === 'view' ? leadingHint(context) : undefined;
	const hints = context
		.actionsOf(layer)
		.filter((action) => action !== next?.action && !action.isQuiet?.(context))
		.flatMap(({ keys, hint, label }) =>
			hint
				? [{ key: label?.(appearance.symbols) ?? keyLabel(keys[0]!, appearance.symbols), hint }]
				: [],
		);
	const last = hints.filter(({ key }) => (layer === 'view' ? [':', '?'] : ['Esc']).includes(key));
	const others = hints.filter((hint) => !last.includes(hint));
	const length = ({ key, hint }: { key: string; hint: string }) => widthOf(`${key} ${hint}`) + 2;
	const lead = next ? `Next: ${next.key} ${next.hint}` : (countdown ?? '');
	const leadWidth = lead === '' ? 0 : widthOf(lead) + 2;
	let room = width - 1 - leadWidth - last.reduce((sum, hint) => sum + length(hint), 0);
	const first = others.filter((hint) => {
		room -= length(hint);
		return room >= 0;
	});
	const row = [
		...(lead === '' ? [] : [appearance.paint.warn(lead)]),
		...[...first, ...last].map(({ key, hint }) => `${appearance.paint.strong(key)} ${hint}`),
	];
	return fitLeft(` ${cut(row.join('  '), width - 1)}`, width);
}
