import { useViewContext } from '../actions/use-view-context.ts';
import type { ViewContext } from '../actions/view-context.ts';
import { Lines } from '../components/Lines.tsx';
import { keyLabel } from '../text/key-labels.ts';
import { cut, fitLeft, widthOf } from '../text/lines.ts';

/** The keys that do something now, in the last row. */
export function HintLine({ width }: { readonly width: number }) {
	const context = useViewContext();
	return <Lines lines={[hintRow(context, width)]} size={{ width, height: 1 }} />;
}

/** As many hints as fit; the help is always among them. */
function hintRow(context: ViewContext, width: number): string {
	const { appearance } = context;
	const layer = context.view.isTyping ? 'typing' : 'view';
	const hints = context
		.actionsOf(layer)
		.flatMap(({ keys, hint, label }) =>
			hint
				? [{ key: label?.(appearance.symbols) ?? keyLabel(keys[0]!, appearance.symbols), hint }]
				: [],
		);
	const last = layer === 'view' ? hints.filter(({ key }) => [':', '?'].includes(key)) : [];
	const others = hints.filter((hint) => !last.includes(hint));
	const length = ({ key, hint }: { key: string; hint: string }) => widthOf(`${key} ${hint}`) + 2;
	let room = width - 1 - last.reduce((sum, hint) => sum + length(hint), 0);
	const first = others.filter((hint) => {
		room -= length(hint);
		return room >= 0;
	});
	const row = [...first, ...last].map(({ key, hint }) => `${appearance.paint.strong(key)} ${hint}`);
	return fitLeft(` ${cut(row.join('  '), width - 1)}`, width);
}
