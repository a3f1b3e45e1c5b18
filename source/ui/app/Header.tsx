/** The header: the views as tabs, and how things stand with the modem. */
import { Box, type DOMElement } from 'ink';
import { useRef } from 'react';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { situationOf } from '../../session/situation/situation.ts';
import { remarkCounts, spokenCounts } from '../actions/remarks.ts';
import { useViewContext } from '../actions/use-view-context.ts';
import type { ViewContext } from '../actions/view-context.ts';
import { useMouse, useRedrawIn } from '../components/console-hooks.ts';
import { Lines } from '../components/Lines.tsx';
import { wide } from '../components/pane-frame.ts';
import { counter } from '../text/format.ts';
import { fitLeft, spaceBetween, widthOf } from '../text/lines.ts';
import { viewNames } from '../text/view-names.ts';
import { modemName } from './modem-name.ts';
import { tabAt, tabs } from './tabs.ts';

type HeaderProps = { readonly lines: readonly string[]; readonly width: number };

export function Header({ lines, width }: HeaderProps) {
	const context = useViewContext();
	const { player, recorder } = context.session;
	const ticks = player?.playing || recorder?.path !== undefined;
	useRedrawIn(ticks ? 1000 : undefined);
	const box = useRef<DOMElement>(null);
	useMouse(box, (does, row, column) => {
		const tab = does === 'click' && row === 0 ? tabAt(column) : undefined;
		if (tab) context.show(tab);
	});
	const size = { width, height: lines.length };
	return (
		<Box ref={box} {...size} flexShrink={0}>
			<Lines lines={lines} size={size} />
		</Box>
	);
}

/** One line where there is room, else two. */
export function headerLines(context: ViewContext, width: number, isSpoken: boolean): string[] {
	const { appearance, session, viewName } = context;
	const { paint } = appearance;
	const shown = viewNames.map((view, index) =>
		view === viewName ? paint.strong(`[${tabs[index]}]`) : ` ${tabs[index]} `,
	);
	const { words, grade } = situationOf(session);
	const grades = { good: paint.good, warn: paint.warn, bad: paint.alarm, calm: paint.dim };
	const name = modemName(session);
	const who = `${name}${name === '' ? '' : ' '}${grades[grade](words)} `;
	const notices = noticeWords(context, isSpoken);
	const counts = countWords(context, isSpoken);
	const left = ` ${shown.join(' ')}`;
	const room = width - widthOf(left) - 2;
	const all = [counts, notices, who].filter((part) => part !== '').join('   ');
	if (width >= wide && widthOf(all) <= room) return [spaceBetween(left, all, width)];
	const counted = counts === '' ? notices : [counts, notices].filter(Boolean).join('   ');
	const isRoom = widthOf(who) + widthOf(counted) + 3 <= width;
	const right = `${isRoom ? counted : notices} `;
	return [fitLeft(left, width), spaceBetween(` ${who}`, right, width)];
}

/** How much stands out, as the worst of it is coloured. */
function countWords({ appearance, session }: ViewContext, isSpoken: boolean): string {
	const { remarks } = session;
	const says = isSpoken ? spokenCounts(remarks) : remarkCounts(remarks);
	if (says === '') return '';
	const { paint } = appearance;
	const { error, warning } = remarks.counts;
	const color = error > 0 ? paint.bad : warning > 0 ? paint.warn : paint.dim;
	return color(says);
}

/** What kind of session it is, and what runs in it. */
function noticeWords(context: ViewContext, isSpoken: boolean): string {
	const { appearance, session } = context;
	const { label, header, player, recorder, modem } = session;
	const notices: string[] = [];
	if (player) {
		const way = player.playing
			? `${appearance.symbols.running} ${appearance.symbols.times}${player.speed}`
			: player.t < player.end
				? 'paused'
				: 'at its end';
		const at = `${counter(player.t)}/${counter(player.end)}`;
		notices.push(appearance.paint.warn(`${label} ${way} ${at}`));
	} else if (label !== undefined) {
		const speed = header.speed === 1 ? '' : ` ${appearance.symbols.times}${header.speed}`;
		notices.push(appearance.paint.warn(`${label}${speed}`));
	}
	const armed = modem?.at.armed;
	if (armed) notices.push(appearance.paint.warn(`armed ${sanitize(armed)}`));
	if (recorder?.path !== undefined) {
		notices.push(isSpoken ? 'recording' : appearance.paint.bad(`REC ${counter(session.now())}`));
	} else if (recorder?.problem !== undefined) notices.push(appearance.paint.alarm('NOT RECORDED'));
	return notices.join('   ');
}
